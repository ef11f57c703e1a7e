-- What a ledger of the second format holds beside the rows of the first, for later formats to bring up to date.

INSERT INTO event (id, at, task, mail, payload, prev, hash) VALUES
    (14, 1772445600000, 1, 1, '{"cause":{"by":"correction","inbox":1,"said_in":null},"fact":{"asked":"to_confirm","fact":"reading_corrected","inbox":1,"lessons":[{"asks":true,"because":["confirm.ok"],"doubted":["progress"],"from":0,"means":["question"],"read":["confirm"],"to":13,"words":{"hash":"df247c6d20db5bd58241e0060cd48cb28ff1d825a78a243864bdd59202a7d9ef","words_id":11}}],"person":2,"reader":1,"task":1},"v":1}', X'1D5974DFE9AE862DC970BAEC9FBF4CF4133F3CD4A55B83CF47542B0B1B3D67EF', X'11A000E681D692DE8E070B21E417CF54D229E83E0C8EC57ECC6F060007C8465C');

INSERT INTO words (id, event, salt, text, erased_at) VALUES
    (11, 14, X'E6F284D8F3066BAE98F7110D62243228', 'Which folder?', NULL);

INSERT INTO lesson (person, taught) VALUES
    (2, '[{"inbox":1,"task":1,"asked":"to_confirm","lessons":[{"words":{"words":"Which folder?"},"from":0,"to":13,"asks":true,"read":["confirm"],"doubted":["progress"],"means":["question"],"because":["confirm.ok"]}]}]');

UPDATE task SET state = json_set(state, '$.queued', json('false'), '$.asked_back', json('false'),
    '$.clock_since', '2026-03-02T10:00:00Z', '$.decisions', 1) WHERE id = 1;
UPDATE meta SET value = '3' WHERE key = 'folded_by';
