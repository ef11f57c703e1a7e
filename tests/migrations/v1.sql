-- A small ledger of the first format, a row or more in every table, for later formats to bring up to date.

INSERT INTO meta (key, value) VALUES
    ('folded_by', '1');

UPDATE counter SET last = 1 WHERE name = 'letter';
UPDATE counter SET last = 2 WHERE name = 'person';
UPDATE counter SET last = 2 WHERE name = 'task';

INSERT INTO event (id, at, task, mail, payload, prev, hash) VALUES
    (1, 1772442000000, NULL, NULL, '{"cause":{"by":"timer"},"fact":{"fact":"person_added","hello":false,"person":1,"profile":{"address":{"hash":"6e175b5cf22fc125d66ea0ba34dc55d0abc00ac5b8545e7d4305bf196eab2ff3","words_id":1},"calendar":{"absences":[],"days":["mon","tue","wed","thu","fri"],"holidays":[],"letters":{"from":"07:00:00","to":"20:00:00"},"working":{"from":"09:00:00","to":"18:00:00"},"zone":"Asia/Manila"},"fallback":null,"name":{"hash":"44acb3830d30d068b9930740e53159989d628ed89c44a4b613cc6509c741b0a0","words_id":2}},"role":"owner"},"v":1}', X'0000000000000000000000000000000000000000000000000000000000000000', X'965FF004B93A5E1D7CDB2C5A74DAFADDE311B680EDADB42314D7CE78173CFE6E'),
    (2, 1772442000000, NULL, NULL, '{"cause":{"by":"timer"},"fact":{"fact":"person_added","hello":true,"person":2,"profile":{"address":{"hash":"a2e965c276dcb99a7daf33690e49c0b41027c80c502620322f3076d3bd77f129","words_id":3},"calendar":{"absences":[],"days":["mon","tue","wed","thu","fri"],"holidays":[],"letters":{"from":"07:00:00","to":"20:00:00"},"working":{"from":"09:00:00","to":"18:00:00"},"zone":"Asia/Manila"},"fallback":null,"name":{"hash":"564633b30e4d79142e21ef07213627d31a55bfc7acc45ddf244f1a07f6b7af9d","words_id":4}},"role":"assistant"},"v":1}', X'965FF004B93A5E1D7CDB2C5A74DAFADDE311B680EDADB42314D7CE78173CFE6E', X'A3E622B6F3FE0EAE103392D27F95D1A4E9B878B0E0058C49CB3D81DE6996E966'),
    (3, 1772442000000, 1, NULL, '{"cause":{"by":"timer"},"fact":{"assistant":2,"brief":{"due":{"by":{"at":"2026-03-05T09:00:00Z","local":"2026-03-05T17:00:00","zone":"Asia/Manila"},"hard":false},"files":[],"limit_minutes":240,"outcome":{"hash":"57b7bd78c32be94c5eeacca9702575ee89ea352161316c0b6ee69ebc338209ea","words_id":5},"parts":[],"pay":null,"steps":[{"hash":"f578e5e1a838f70ebcfafa36838bce98f0db2eb8b953d59612d1c67e110a8747","words_id":6},{"hash":"3945de51c2a761a63a6fba0577b1bc9cd04ba197f7d1087cc985616091094b44","words_id":7}],"title":{"hash":"b0b1e1fb586f6664d8807b52c9e3c9f37f31c58fe0221643007e9d6c742e16a7","words_id":8},"update":null,"why":null},"fact":"task_drafted","task":1},"v":1}', X'A3E622B6F3FE0EAE103392D27F95D1A4E9B878B0E0058C49CB3D81DE6996E966', X'605DA9B2677CA2A5036B62932353B493F45446589D70FCF44FFCCAC35BDA2C90'),
    (4, 1772442000000, 1, NULL, '{"cause":{"by":"timer"},"fact":{"fact":"task_handed_over","task":1},"v":1}', X'605DA9B2677CA2A5036B62932353B493F45446589D70FCF44FFCCAC35BDA2C90', X'7905F51F6ECAA071E6EC4E7CC0A87D442E4074A3F7AB68755982DD50398C6DEB'),
    (5, 1772443860000, 1, 1, '{"cause":{"by":"mail","from":0,"inbox":1,"to":13},"fact":{"fact":"word_received","task":1},"v":1}', X'7905F51F6ECAA071E6EC4E7CC0A87D442E4074A3F7AB68755982DD50398C6DEB', X'D6007D1121E446CB0123FC62A2F1C56A8078C334C308C5BCDD50901556FD3991'),
    (6, 1772443860000, 1, 1, '{"cause":{"by":"mail","from":0,"inbox":1,"to":13},"fact":{"fact":"question_asked","holds_work":true,"question":1,"task":1,"words":{"hash":"7a420abb2480080ed44e34e0077e02e92a492611339f49342c046f73f028af0d","words_id":9}},"v":1}', X'D6007D1121E446CB0123FC62A2F1C56A8078C334C308C5BCDD50901556FD3991', X'D946525DBF1070170E420CC8754314611B121A8320F54133D638613F74CD9133'),
    (7, 1772443860000, NULL, 1, '{"cause":{"by":"mail","from":0,"inbox":1,"to":0},"fact":{"fact":"mail_concluded","inbox":1,"outcome":"filed","person":2,"tasks":[1],"why":""},"v":1}', X'D946525DBF1070170E420CC8754314611B121A8320F54133D638613F74CD9133', X'F956A6AF58F3A01945DBD2ACBED4C7D01D9FE3751CF39812BF44BCF090F460B5'),
    (8, 1772443860000, NULL, 2, '{"cause":{"by":"mail","from":0,"inbox":2,"to":0},"fact":{"fact":"mail_concluded","inbox":2,"outcome":"held","person":null,"tasks":[],"why":"unknown sender"},"v":1}', X'F956A6AF58F3A01945DBD2ACBED4C7D01D9FE3751CF39812BF44BCF090F460B5', X'335AD966ADA69D76B6B722921D1D7BEA72CFF9702BBB874C477284D3CC9997FA'),
    (9, 1772443860000, NULL, NULL, '{"cause":{"by":"timer"},"fact":{"fact":"notice_dropped","key":"HB-1/remind_to_confirm/2/rung-0-2","why":"answered meanwhile"},"v":1}', X'335AD966ADA69D76B6B722921D1D7BEA72CFF9702BBB874C477284D3CC9997FA', X'2025B1814152BE0F49FB1A62E0C79BF64484E9FE3343965656124FD9956C0CA8'),
    (10, 1772443860000, NULL, NULL, '{"cause":{"by":"timer"},"fact":{"fact":"letter_composed","kind":"remind_to_confirm","letter":1,"message_id":"1.token@shop.example","tasks":[1],"to":2},"v":1}', X'2025B1814152BE0F49FB1A62E0C79BF64484E9FE3343965656124FD9956C0CA8', X'DBDEE724F0205E32213EDF846692CA673F9256AC8A989CF931E762ACB21144C1'),
    (11, 1772443920000, NULL, NULL, '{"cause":{"by":"timer"},"fact":{"fact":"letter_ended","fate":"sent","letter":1,"why":"250 ok"},"v":1}', X'DBDEE724F0205E32213EDF846692CA673F9256AC8A989CF931E762ACB21144C1', X'EA7EEADCB57B53220772E2A745B67E3BC19D4F94A6FBC5D19461196A98AF910C'),
    (12, 1772442000000, 1, NULL, '{"cause":{"by":"timer"},"fact":{"fact":"hours_booked","minutes":30,"task":1,"words":{"hash":"22b2f5d523ed1127e31949c1f223802980a1f7cd3574604032687f2a3cbb198c","words_id":10}},"v":1}', X'EA7EEADCB57B53220772E2A745B67E3BC19D4F94A6FBC5D19461196A98AF910C', X'63EF614314B7EE0087CF2C3B565881DB3F99CD8B4D8386D79E0463F920D50B9C'),
    (13, 1772442000000, NULL, NULL, '{"cause":{"by":"timer"},"fact":{"fact":"sending_held","why":"a holiday"},"v":1}', X'63EF614314B7EE0087CF2C3B565881DB3F99CD8B4D8386D79E0463F920D50B9C', X'1D5974DFE9AE862DC970BAEC9FBF4CF4133F3CD4A55B83CF47542B0B1B3D67EF');

INSERT INTO words (id, event, salt, text, erased_at) VALUES
    (1, 1, X'68A0AAB8415410A62E642F42CF498856', 'olu@shop.example', NULL),
    (2, 1, X'E4C8CB283551C720F1C190AB411FF000', 'Olu Owner', NULL),
    (3, 2, X'18CF5AB1E58A7658AF77CB2958028087', 'Maria@Mail.example', NULL),
    (4, 2, X'DFC1FDF42C46012D3F830EEADD3ED0C2', 'Maria Santos', NULL),
    (5, 3, X'EDC6337DB62D0134982A5B7299FE124B', 'all of August is in the sheet', NULL),
    (6, 3, X'85055CC30014E190A8765DEFC2116063', 'sort them', NULL),
    (7, 3, X'4BC54B0447AE2E2E84D464ED5D04FC6C', 'enter them', NULL),
    (8, 3, X'B1E714F50E516014DEC1AC348480FBE0', 'August invoices', NULL),
    (9, 6, X'E8C279F7AB46350F180C3685FA94BA3A', 'Which folder?', NULL),
    (10, 12, NULL, NULL, 1772443980000);

INSERT INTO person (id, role, address, profile, hello, added_at) VALUES
    (1, 'owner', 'olu@shop.example', '{"name":{"words":"Olu Owner"},"address":{"words":"olu@shop.example"},"calendar":{"zone":"Asia/Manila","days":["mon","tue","wed","thu","fri"],"working":{"from":"09:00:00","to":"18:00:00"},"letters":{"from":"07:00:00","to":"20:00:00"},"holidays":[],"absences":[]},"fallback":null}', '"skipped"', 1772442000000),
    (2, 'assistant', 'maria@mail.example', '{"name":{"words":"Maria Santos"},"address":{"words":"Maria@Mail.example"},"calendar":{"zone":"Asia/Manila","days":["mon","tue","wed","thu","fri"],"working":{"from":"09:00:00","to":"18:00:00"},"letters":{"from":"07:00:00","to":"20:00:00"},"holidays":[],"absences":[]},"fallback":null}', '"awaited"', 1772442000000);

INSERT INTO task (id, assistant, stage, due_at, stage_since, state) VALUES
    (1, 2, 'handed_over', 1772701200000, 1772442000000, '{"id":1,"assistant":2,"brief":{"title":{"words":"August invoices"},"why":null,"outcome":{"words":"all of August is in the sheet"},"steps":[{"words":"sort them"},{"words":"enter them"}],"parts":[],"due":{"by":{"local":"2026-03-05T17:00:00","zone":"Asia/Manila","at":"2026-03-05T09:00:00Z"},"hard":false},"limit_minutes":240,"pay":null,"update":null,"files":[]},"stage":"handed_over","stage_since":"2026-03-02T09:00:00Z","understood":false,"due":{"by":{"local":"2026-03-05T17:00:00","zone":"Asia/Manila","at":"2026-03-05T09:00:00Z"},"hard":false},"revision":0,"questions":[{"number":1,"words":{"words":"Which folder?"},"asked_at":"2026-03-02T09:31:00Z","holds_work":true}],"next_question":2,"blocked":null,"proposal":null,"doubts":[],"progress":null,"parts_delivered":[],"minutes_used":30,"handed_back":null,"last_word_at":"2026-03-02T09:31:00Z","clock_since":"2026-03-02T09:31:00Z","reminders":0,"last_reminder_at":null,"decisions":0}');

INSERT INTO letter (id, kind, person, message_id, composed_at, fate, why, fate_since) VALUES
    (1, 'remind_to_confirm', 2, '1.token@shop.example', 1772443860000, 'sent', '250 ok', 1772443920000);

INSERT INTO letter_task (letter, line, task) VALUES
    (1, 1, 1);

INSERT INTO brake (id, since, why, by_itself) VALUES
    (1, 1772442000000, 'a holiday', 0);

INSERT INTO blob (hash, size, taken_at, bytes) VALUES
    ('abd3b1f427a4a815d28cafb3b549104baf5d71d597a52580d604cacafb44a76f', 43, 1772443800000, X'46726F6D3A206D61726961406D61696C2E6578616D706C650D0A0D0A576869636820666F6C6465723F0D0A'),
    ('0787cc3a4f3f2d945cf5b197bd0650de13204301170eb75a6daabc815c2784eb', 35, 1772443800000, X'46726F6D3A20737472616E67657240656C73652E6578616D706C650D0A0D0A68690D0A'),
    ('1d9283d848ea941ace1fe0d2378ef8b70056a0d4d1648b95a322d90163e78285', 5, 1772443800000, X'6C61746572'),
    ('7365d029861e32c521f8089b00a6fb32daf0615025b69b599d1ce53501b845c2', 6, 1772443860000, X'612066696C65');

INSERT INTO dropped_blob (hash, at, why) VALUES
    ('e7cd9c3ab5da1895f52abfece688c0f136a26c348f0619bdf724a9e1667b747f', 1772443860000, 'kept for 24 months');

INSERT INTO inbox (id, folder, uid_validity, uid, blob, size, partial, taken_at, state, attempts, trouble, message_id, content_hash, outcome, why, person, concluded_at, released_at) VALUES
    (1, 'INBOX', 1, 1, 'abd3b1f427a4a815d28cafb3b549104baf5d71d597a52580d604cacafb44a76f', 43, 0, 1772443800000, 'done', 1, '', 'a@mail.example', 'aa', 'filed', '', 2, 1772443860000, NULL),
    (2, 'INBOX', 1, 2, '0787cc3a4f3f2d945cf5b197bd0650de13204301170eb75a6daabc815c2784eb', 35, 0, 1772443800000, 'done', 1, '', NULL, NULL, 'held', 'unknown sender', NULL, 1772443860000, NULL),
    (3, 'INBOX', 1, 3, '1d9283d848ea941ace1fe0d2378ef8b70056a0d4d1648b95a322d90163e78285', 5, 0, 1772443800000, 'taken', 0, '', NULL, NULL, NULL, '', NULL, NULL, NULL);

INSERT INTO inbox_task (inbox, task) VALUES
    (1, 1);

INSERT INTO bookmark (folder, uid_validity, uid, began_uid, read_to_end_at) VALUES
    ('INBOX', 1, 3, 0, 1772443800000);

INSERT INTO outbox (letter, person, kind, message_id, from_address, to_address, subject, text, bytes, fate, why, attempts, composed_at, fate_since, retry_at) VALUES
    (1, 2, 'remind_to_confirm', '1.token@shop.example', 'tasks@shop.example', 'maria@mail.example', '[HB-1] August invoices', 'Maria, is the task clear?', X'5375626A6563743A205B48422D315D0D0A0D0A4D617269612C20697320746865207461736B20636C6561723F0D0A', 'sent', '250 ok', 1, 1772443860000, 1772443920000, NULL);

INSERT INTO letter_alias (message_id, letter, seen_at) VALUES
    ('0100@relay.example', 1, 1772443860000);

INSERT INTO notice (id, key, task, kind, person, slot, words, mail, not_before, drop_after, planned_at, state, letter, why, ended_at) VALUES
    (1, 'HB-1/remind_to_confirm/2/rung-0-0', 1, 'remind_to_confirm', 2, '{"rung":{"revision":0,"rung":0}}', 'Which folder?', 1, 1772445600000, 1772478000000, 1772443860000, 'used', 1, '', 1772443860000),
    (2, 'HB-1/remind_to_confirm/2/rung-0-1', 1, 'remind_to_confirm', 2, '{"rung":{"revision":0,"rung":1}}', NULL, NULL, 1772445600000, 1772478000000, 1772443860000, 'planned', NULL, '', NULL),
    (3, 'HB-1/remind_to_confirm/2/rung-0-2', 1, 'remind_to_confirm', 2, '{"rung":{"revision":0,"rung":2}}', NULL, NULL, 1772445600000, 1772478000000, 1772443860000, 'dropped', NULL, 'answered meanwhile', 1772443860000);
