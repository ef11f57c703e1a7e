-- The first format. Times are UTC milliseconds since 1970, ids come from the program and are never used again.

CREATE TABLE meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The last number given to each kind of thing.
CREATE TABLE counter (
    name TEXT    NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counter (name, last) VALUES ('task', 0), ('person', 1), ('letter', 0);


-- The record. Only ever added to.

CREATE TABLE event (
    id      INTEGER NOT NULL PRIMARY KEY,
    at      INTEGER NOT NULL,
    task    INTEGER,
    mail    INTEGER,
    payload TEXT    NOT NULL,
    prev    BLOB    NOT NULL CHECK (length(prev) = 32),
    hash    BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE INDEX event_task ON event (task, id) WHERE task IS NOT NULL;
CREATE INDEX event_mail ON event (mail, id) WHERE mail IS NOT NULL;
CREATE INDEX event_at ON event (at);

CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
CREATE TRIGGER event_is_never_removed BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END;

-- What people said or are called. The salt goes with the text, or a short text could be guessed from its hash.
CREATE TABLE words (
    id        INTEGER NOT NULL PRIMARY KEY,
    event     INTEGER NOT NULL REFERENCES event (id),
    salt      BLOB,
    text      TEXT,
    erased_at INTEGER,
    CHECK ((text IS NULL) = (salt IS NULL) AND (text IS NULL) = (erased_at IS NOT NULL))
) STRICT;
CREATE INDEX words_event ON words (event);

CREATE TRIGGER words_are_only_erased BEFORE UPDATE ON words
WHEN NEW.text IS NOT NULL OR NEW.id <> OLD.id OR NEW.event <> OLD.event
BEGIN SELECT RAISE(ABORT, 'words are never changed, only erased'); END;
CREATE TRIGGER words_are_never_removed BEFORE DELETE ON words
BEGIN SELECT RAISE(ABORT, 'words are never removed, only erased'); END;


-- Where things stand: rebuilt from the events alone.

CREATE TABLE person (
    id       INTEGER NOT NULL PRIMARY KEY,
    role     TEXT    NOT NULL,
    address  TEXT    NOT NULL,
    profile  TEXT    NOT NULL,
    hello    TEXT    NOT NULL,
    added_at INTEGER NOT NULL
) STRICT;
CREATE INDEX person_address ON person (address);

CREATE TABLE task (
    id          INTEGER NOT NULL PRIMARY KEY,
    assistant   INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    stage       TEXT    NOT NULL,
    due_at      INTEGER NOT NULL,
    stage_since INTEGER NOT NULL,
    state       TEXT    NOT NULL
) STRICT;
CREATE INDEX task_assistant ON task (assistant);
CREATE INDEX task_stage ON task (stage);

CREATE TABLE letter (
    id          INTEGER NOT NULL PRIMARY KEY,
    kind        TEXT    NOT NULL,
    person      INTEGER NOT NULL REFERENCES person (id) DEFERRABLE INITIALLY DEFERRED,
    message_id  TEXT    NOT NULL,
    composed_at INTEGER NOT NULL,
    fate        TEXT    NOT NULL,
    why         TEXT    NOT NULL,
    fate_since  INTEGER NOT NULL
) STRICT;
CREATE INDEX letter_person ON letter (person, composed_at);
CREATE INDEX letter_message_id ON letter (message_id);

CREATE TABLE letter_task (
    letter INTEGER NOT NULL REFERENCES letter (id) DEFERRABLE INITIALLY DEFERRED,
    line   INTEGER NOT NULL,
    task   INTEGER NOT NULL REFERENCES task (id) DEFERRABLE INITIALLY DEFERRED,
    PRIMARY KEY (letter, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX letter_task_task ON letter_task (task, letter);

-- One row while sending is held, else none.
CREATE TABLE brake (
    id    INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    since     INTEGER NOT NULL,
    why       TEXT    NOT NULL,
    by_itself INTEGER NOT NULL CHECK (by_itself IN (0, 1))
) STRICT;


-- Bytes, under the SHA-256 of their content in lower-case hex.

CREATE TABLE blob (
    hash     TEXT    NOT NULL PRIMARY KEY,
    size     INTEGER NOT NULL,
    taken_at INTEGER NOT NULL,
    bytes    BLOB    NOT NULL
) STRICT;

-- Bytes that were dropped on purpose, and why.
CREATE TABLE dropped_blob (
    hash TEXT    NOT NULL PRIMARY KEY,
    at   INTEGER NOT NULL,
    why  TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER blob_is_never_changed BEFORE UPDATE ON blob
BEGIN SELECT RAISE(ABORT, 'stored bytes are never changed'); END;
CREATE TRIGGER blob_is_never_removed_untold BEFORE DELETE ON blob
WHEN NOT EXISTS (SELECT 1 FROM dropped_blob WHERE hash = OLD.hash)
BEGIN SELECT RAISE(ABORT, 'stored bytes are never removed without a reason on record'); END;


-- Mail that came in.

CREATE TABLE inbox (
    id           INTEGER NOT NULL PRIMARY KEY,
    folder       TEXT    NOT NULL,
    uid_validity INTEGER NOT NULL,
    uid          INTEGER NOT NULL,
    blob         TEXT    NOT NULL,
    size         INTEGER NOT NULL,
    partial      INTEGER NOT NULL CHECK (partial IN (0, 1)),
    taken_at     INTEGER NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('taken', 'in_work', 'done')),
    attempts     INTEGER NOT NULL,
    trouble      TEXT    NOT NULL,
    message_id   TEXT,
    content_hash TEXT,
    outcome      TEXT,
    why          TEXT    NOT NULL,
    person       INTEGER,
    concluded_at INTEGER,
    released_at  INTEGER,
    UNIQUE (folder, uid_validity, uid),
    CHECK ((state = 'done') = (outcome IS NOT NULL) AND (state = 'done') = (concluded_at IS NOT NULL))
) STRICT;
CREATE INDEX inbox_waiting ON inbox (state, id) WHERE state <> 'done';
CREATE INDEX inbox_outcome ON inbox (outcome, id);
CREATE INDEX inbox_person ON inbox (person, taken_at) WHERE person IS NOT NULL;
CREATE INDEX inbox_message_id ON inbox (message_id) WHERE message_id IS NOT NULL;
CREATE INDEX inbox_content_hash ON inbox (content_hash) WHERE content_hash IS NOT NULL;
CREATE INDEX inbox_blob ON inbox (blob);

CREATE TABLE inbox_task (
    inbox INTEGER NOT NULL REFERENCES inbox (id),
    task  INTEGER NOT NULL,
    PRIMARY KEY (inbox, task)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_task_task ON inbox_task (task, inbox);

CREATE TABLE bookmark (
    folder         TEXT    NOT NULL PRIMARY KEY,
    uid_validity   INTEGER NOT NULL,
    uid            INTEGER NOT NULL,
    -- Mails up to this UID were there before the first start and are none of our business.
    began_uid      INTEGER NOT NULL,
    read_to_end_at INTEGER
) STRICT, WITHOUT ROWID;


-- The letters on their way out, and what people ought to hear.

CREATE TABLE outbox (
    letter       INTEGER NOT NULL PRIMARY KEY,
    person       INTEGER NOT NULL,
    kind         TEXT    NOT NULL,
    message_id   TEXT    NOT NULL UNIQUE,
    from_address TEXT    NOT NULL,
    to_address   TEXT    NOT NULL,
    subject      TEXT    NOT NULL,
    text         TEXT    NOT NULL,
    bytes        BLOB    NOT NULL,
    fate         TEXT    NOT NULL,
    why          TEXT    NOT NULL,
    attempts     INTEGER NOT NULL,
    composed_at  INTEGER NOT NULL,
    fate_since   INTEGER NOT NULL,
    retry_at     INTEGER
) STRICT;
CREATE INDEX outbox_fate ON outbox (fate, letter);

-- Other Message-IDs under which a letter of ours was seen, given by relays that replace them.
CREATE TABLE letter_alias (
    message_id TEXT    NOT NULL PRIMARY KEY,
    letter     INTEGER NOT NULL REFERENCES outbox (letter),
    seen_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE notice (
    id         INTEGER NOT NULL PRIMARY KEY,
    key        TEXT    NOT NULL UNIQUE,
    task       INTEGER,
    kind       TEXT    NOT NULL,
    person     INTEGER NOT NULL,
    slot       TEXT    NOT NULL,
    words      TEXT,
    mail       INTEGER REFERENCES inbox (id),
    not_before INTEGER NOT NULL,
    drop_after INTEGER,
    planned_at INTEGER NOT NULL,
    state      TEXT    NOT NULL CHECK (state IN ('planned', 'used', 'dropped')),
    letter     INTEGER REFERENCES outbox (letter),
    why        TEXT    NOT NULL,
    ended_at   INTEGER,
    CHECK ((state = 'used') = (letter IS NOT NULL) AND (state = 'planned') = (ended_at IS NULL))
) STRICT;
CREATE INDEX notice_planned ON notice (not_before) WHERE state = 'planned';
CREATE INDEX notice_task ON notice (task) WHERE task IS NOT NULL;
CREATE INDEX notice_letter ON notice (letter) WHERE letter IS NOT NULL;
