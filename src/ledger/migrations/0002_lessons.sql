-- What the owner's corrections taught about each person's way of writing: rebuilt from the events alone.

CREATE TABLE lesson (
    person INTEGER NOT NULL PRIMARY KEY REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    taught TEXT    NOT NULL
) STRICT;
