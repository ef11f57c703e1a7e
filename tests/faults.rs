//! Every way in which mail servers, disks and processes are known to fail, each with the test that shows what
//! handback makes of it. `cargo test --test faults -- --nocapture` prints the list and its count.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

/// What happens, the file of its test below `tests/`, and the test.
type Row = (&'static str, &'static str, &'static str);

const READING: &[Row] = &[
    ("the line is cut inside a literal", "mailbox_imap/faults.rs", "a_cut_inside_a_literal_loses_nothing"),
    (
        "the line is closed between two responses",
        "mailbox_imap/faults.rs",
        "a_close_between_two_responses_is_not_the_end_of_the_mail",
    ),
    ("BYE amid the mails", "mailbox_imap/faults.rs", "a_bye_amid_the_mails_is_an_error_with_the_servers_words"),
    ("a fetch ends in NO", "mailbox_imap/faults.rs", "a_fetch_that_ends_in_no_is_an_error"),
    ("a fetch ends in BAD", "mailbox_imap/faults.rs", "a_fetch_that_ends_in_bad_is_an_error"),
    ("a fetch ends in OK with mails left out", "mailbox_imap/faults.rs", "an_ok_that_passes_over_mails_is_an_error"),
    (
        "Dovecot kicks the session amid its work",
        "mailbox_dovecot.rs",
        "a_session_kicked_between_two_windows_loses_nothing",
    ),
    (
        "Dovecot's process is killed in mid-fetch",
        "mailbox_dovecot.rs",
        "a_session_whose_process_is_killed_in_mid_fetch_loses_nothing",
    ),
    (
        "others read and move mails",
        "mailbox_dovecot.rs",
        "mails_that_another_client_read_or_moved_count_all_the_same",
    ),
    (
        "a mail is moved away and back",
        "mailbox_imap/bookmarks.rs",
        "a_mail_that_another_client_moves_away_and_back_is_read_under_its_new_number",
    ),
    ("a folder is renamed", "mailbox_imap/bookmarks.rs", "a_junk_folder_that_was_renamed_is_read_under_its_new_name"),
    (
        "a folder is renamed on Dovecot",
        "mailbox_dovecot.rs",
        "a_junk_folder_that_is_renamed_does_not_stop_the_reading",
    ),
    (
        "SEARCH finds nothing under `*`",
        "mailbox_imap/bookmarks.rs",
        "a_server_that_finds_nothing_under_a_bare_star_has_no_past_read_as_new",
    ),
    (
        "a new mailbox is full of old mail",
        "mailbox_imap/bookmarks.rs",
        "a_first_start_at_the_end_reads_only_what_comes_later",
    ),
    (
        "seven days of mail wait",
        "conversations/clock.rs",
        "seven_days_of_mail_that_waited_count_once_each_and_nobody_is_nagged",
    ),
    ("a mail of 30 MB", "bad_mail.rs", "a_mail_of_thirty_megabytes_is_taken_in_part_and_read"),
    ("a large mail on Dovecot", "mailbox_dovecot.rs", "a_large_mail_is_read_in_part"),
    ("a password outside ASCII", "mailbox_imap/faults.rs", "a_password_with_letters_outside_ascii_travels_as_base64"),
    (
        "a mail came before the wait began",
        "mailbox_imap/idle.rs",
        "a_mail_that_came_between_reading_and_waiting_ends_the_wait_at_once",
    ),
    ("IDLE: not offered", "mailbox_imap/idle.rs", "without_idle_a_wait_is_a_plain_wait"),
    ("IDLE: cancelled", "mailbox_imap/idle.rs", "a_wait_that_was_cancelled_leaves_a_mailbox_that_works"),
    ("a folder is made anew before tidying up", "mailbox_imap/well.rs", "mails_of_a_folder_made_anew_are_left_alone"),
    ("RST amid the mails", "mailbox_imap/faults.rs", "a_reset_amid_the_mails_loses_nothing"),
    ("the server stalls inside a literal", "mailbox_imap/faults.rs", "a_stall_inside_a_literal_ends_at_the_deadline"),
    ("the sizes are cut off", "mailbox_imap/faults.rs", "sizes_that_are_cut_off_lose_nothing"),
    ("the greeting never comes", "mailbox_imap/faults.rs", "a_greeting_that_never_comes_ends_at_the_deadline"),
    ("the greeting is BYE", "mailbox_imap/faults.rs", "a_greeting_of_bye_keeps_the_servers_words"),
    ("the greeting is PREAUTH", "mailbox_imap/faults.rs", "a_server_that_asks_for_no_password_is_not_trusted"),
    ("another kind of server answers", "mailbox_imap/faults.rs", "another_kind_of_server_is_named_as_such"),
    ("LOGIN is refused", "mailbox_imap/faults.rs", "a_refused_login_names_the_account_and_the_servers_words"),
    ("the login server is down", "mailbox_imap/faults.rs", "a_login_server_that_is_down_does_not_blame_the_password"),
    ("LOGIN is never answered", "mailbox_imap/faults.rs", "a_login_that_is_never_answered_ends_at_the_deadline"),
    ("LOGIN is answered by BYE", "mailbox_imap/faults.rs", "a_login_answered_by_bye_keeps_the_servers_words"),
    ("LOGIN is answered by a close", "mailbox_imap/faults.rs", "a_login_answered_by_a_close_loses_nothing"),
    ("SELECT is answered by a close", "mailbox_imap/faults.rs", "a_select_that_is_closed_is_not_an_empty_folder"),
    ("SELECT is answered by NO or BYE", "mailbox_imap/faults.rs", "a_select_answered_by_no_or_bye_is_an_error"),
    ("SELECT gives no UIDVALIDITY", "mailbox_imap/faults.rs", "a_folder_without_uidvalidity_is_an_error"),
    ("SEARCH is answered by NO", "mailbox_imap/faults.rs", "a_search_answered_by_no_is_not_an_empty_folder"),
    ("SEARCH is answered by a close", "mailbox_imap/faults.rs", "a_search_that_is_closed_is_not_an_empty_folder"),
    ("SEARCH goes on for ever", "mailbox_imap/faults.rs", "a_server_that_is_forever_still_searching_comes_to_an_end"),
    ("an unknown untagged line", "mailbox_imap/faults.rs", "an_unknown_untagged_line_loses_nothing"),
    ("a malformed FETCH line", "mailbox_imap/faults.rs", "a_malformed_fetch_line_loses_nothing"),
    (
        "a line that makes the parser panic",
        "mailbox_imap/faults.rs",
        "a_line_that_makes_the_parser_panic_loses_nothing",
    ),
    (
        "an answer to a command never given",
        "mailbox_imap/faults.rs",
        "the_end_of_a_command_that_was_never_given_is_an_error",
    ),
    (
        "a literal announced as 500 MB",
        "mailbox_imap/faults.rs",
        "a_literal_announced_as_500_mb_is_refused_before_it_is_sent",
    ),
    (
        "a literal announced as 900 MB",
        "mailbox_imap/faults.rs",
        "a_literal_announced_as_900_mb_is_refused_before_it_is_sent",
    ),
    ("a server that never stops talking", "mailbox_imap/faults.rs", "a_server_that_never_stops_talking_is_cut_off"),
    ("BODY[] NIL", "mailbox_imap/parked.rs", "a_mail_without_a_body_is_parked_and_the_rest_is_read"),
    (
        "one mail cannot be parsed",
        "mailbox_imap/parked.rs",
        "a_mail_whose_line_cannot_be_parsed_is_parked_and_the_rest_is_read",
    ),
    (
        "one mail kills every session",
        "mailbox_imap/parked.rs",
        "a_mail_that_kills_every_session_is_parked_and_the_rest_is_read",
    ),
    (
        "one mail stalls every session",
        "mailbox_imap/parked.rs",
        "a_mail_that_stalls_every_session_is_parked_and_the_rest_is_read",
    ),
    (
        "one mail is announced beyond its size",
        "mailbox_imap/parked.rs",
        "a_mail_announced_far_beyond_its_size_is_parked_and_the_rest_is_read",
    ),
    (
        "the line is cut again and again",
        "mailbox_imap/parked.rs",
        "a_line_that_is_cut_again_and_again_still_makes_progress",
    ),
    (
        "a flag push without UID",
        "mailbox_imap/bookmarks.rs",
        "a_flag_push_without_uid_amid_the_mails_is_nothing_to_us",
    ),
    ("EXPUNGE inside FETCH", "mailbox_imap/bookmarks.rs", "an_expunge_amid_the_mails_moves_no_mail_to_another_uid"),
    (
        "a mail is removed once it was listed",
        "mailbox_imap/bookmarks.rs",
        "a_mail_removed_since_it_was_listed_does_not_stop_the_rest",
    ),
    ("a mail comes that nobody asked for", "mailbox_imap/bookmarks.rs", "a_mail_that_was_not_asked_for_is_dropped"),
    (
        "`n:*` names the highest UID again",
        "mailbox_imap/bookmarks.rs",
        "the_highest_uid_that_a_server_names_again_is_not_read_again",
    ),
    ("UIDVALIDITY changes", "mailbox_imap/bookmarks.rs", "a_folder_made_anew_is_read_again_from_the_given_day"),
    ("UIDVALIDITY changes on Dovecot", "mailbox_dovecot.rs", "a_folder_whose_numbering_was_lost_is_read_again"),
    (
        "a UID appears below the bookmark",
        "mailbox_imap/well.rs",
        "a_late_mail_is_found_and_leaves_the_bookmark_alone",
    ),
    (
        "a folder may not be opened",
        "mailbox_imap/well.rs",
        "a_junk_folder_that_may_not_be_opened_does_not_keep_us_from_the_inbox",
    ),
    ("a mail larger than the cap", "mailbox_imap/well.rs", "a_large_mail_is_read_in_part_and_marked"),
    ("NOOP is answered OK on a dead line", "mailbox_imap/well.rs", "no_noop_is_believed_because_none_is_said"),
    ("IDLE: the server closes", "mailbox_imap/idle.rs", "an_idle_that_is_closed_is_an_error_and_not_an_interruption"),
    ("IDLE: BYE", "mailbox_imap/idle.rs", "an_idle_that_ends_in_bye_keeps_the_servers_words"),
    ("IDLE: RST", "mailbox_imap/idle.rs", "an_idle_that_is_reset_is_an_error"),
    ("IDLE: the line dies unseen", "mailbox_imap/idle.rs", "a_line_that_died_unseen_is_noticed_when_the_idle_ends"),
    ("IDLE: it never begins", "mailbox_imap/idle.rs", "an_idle_that_never_begins_ends_at_the_deadline"),
    ("IDLE: refused", "mailbox_imap/idle.rs", "a_refused_idle_becomes_a_plain_wait"),
    ("IDLE: keepalives", "mailbox_imap/idle.rs", "keepalives_do_not_make_an_idle_longer"),
    ("nobody listens on the IMAP port", "mailbox_imap/faults.rs", "a_port_where_nobody_listens_is_named"),
    ("the IMAP host has no address", "mailbox_imap/faults.rs", "a_host_that_does_not_exist_is_named"),
    ("the IMAP port speaks no TLS", "mailbox_imap/faults.rs", "a_port_without_tls_is_named"),
    (
        "the IMAP server's CA is not trusted",
        "mailbox_dovecot.rs",
        "a_wrong_password_and_an_unknown_ca_are_told_apart",
    ),
];

const SENDING: &[Row] = &[
    ("no banner", "post_smtp.rs", "no_banner_is_unreachable_within_the_deadline"),
    ("no answer to EHLO", "post_smtp.rs", "no_answer_to_ehlo_is_unreachable_within_the_deadline"),
    ("no answer after the final dot", "post_smtp.rs", "no_answer_after_the_dot_is_in_doubt"),
    ("the line is closed after the dot", "post_smtp.rs", "a_connection_closed_after_the_dot_is_in_doubt"),
    ("half an answer after the dot", "post_smtp.rs", "half_an_answer_after_the_dot_is_in_doubt"),
    (
        "a letter is in doubt on a kept line",
        "post_connection.rs",
        "in_doubt_on_a_kept_connection_is_never_sent_again",
    ),
    ("the line breaks before the dot", "post_smtp.rs", "a_line_that_breaks_before_the_dot_leaves_the_letter_unsent"),
    ("the letter never leaves whole", "post_smtp.rs", "a_letter_that_never_leaves_whole_has_not_left"),
    (
        "a send is cancelled, then the next",
        "post_connection.rs",
        "a_cancelled_letters_late_answer_is_not_the_next_letters",
    ),
    ("an answer to another question", "post_smtp.rs", "an_answer_that_belongs_elsewhere_ends_the_connection"),
    ("4xx and 5xx after the dot", "post_smtp.rs", "a_refusal_after_the_dot_says_whether_it_may_pass"),
    ("the recipient is refused", "post_smtp.rs", "a_refused_recipient_is_named_as_such"),
    ("one recipient is refused, the other not", "post_smtp.rs", "a_refused_copy_does_not_hold_the_letter_up"),
    ("421 on a kept line", "post_connection.rs", "a_421_on_a_kept_connection_is_tried_once_more_on_a_new_one"),
    ("421 on a new line", "post_connection.rs", "a_421_on_a_fresh_connection_waits"),
    (
        "the server closed the idle line",
        "post_connection.rs",
        "a_connection_that_the_server_closed_meanwhile_is_opened_again",
    ),
    ("the idle line may be dead", "post_connection.rs", "a_connection_that_rested_is_asked_before_it_is_trusted"),
    ("the server turns us away", "post_smtp.rs", "a_server_that_turns_us_away_has_not_judged_the_letter"),
    ("the login is refused", "post_connection.rs", "a_refused_login_stops_and_quotes_the_server"),
    (
        "no login that we know is offered",
        "post_connection.rs",
        "a_server_without_a_login_we_know_is_told_from_a_wrong_password",
    ),
    ("STARTTLS is missing", "post_connection.rs", "nothing_is_said_in_plain_text_where_starttls_is_missing"),
    (
        "something is slipped in behind STARTTLS",
        "post_connection.rs",
        "what_somebody_slips_in_behind_starttls_is_not_believed",
    ),
    ("the port speaks plain text", "post_connection.rs", "a_port_that_speaks_plain_text_is_named"),
    ("nobody listens on the SMTP port", "post_smtp.rs", "nobody_on_the_port_is_unreachable"),
    ("the SMTP host has no address", "post_smtp.rs", "a_name_without_address_is_unreachable"),
    (
        "the SMTP server's CA is not trusted",
        "post_postfix.rs",
        "a_certificate_of_an_unknown_authority_is_not_trusted",
    ),
    ("the letter exceeds SIZE", "post_smtp.rs", "a_letter_over_the_announced_size_is_not_even_offered"),
    (
        "Postfix: the letter exceeds SIZE",
        "post_postfix.rs",
        "a_letter_over_the_servers_size_is_refused_before_it_is_sent",
    ),
    ("Postfix: the recipient is unknown", "post_postfix.rs", "an_unknown_recipient_is_refused_at_once"),
    (
        "dots and breaks that end a mail early",
        "post_smtp.rs",
        "a_strict_and_a_lenient_server_see_one_letter_and_the_same",
    ),
    (
        "long lines, bare CR and LF, 8-bit words",
        "post_smtp.rs",
        "a_letter_has_short_lines_of_ascii_that_end_in_crlf_whatever_is_in_it",
    ),
    (
        "no 8BITMIME, SMTPUTF8 or SIZE offered",
        "post_smtp.rs",
        "a_server_without_8bitmime_smtputf8_and_size_gets_the_letter_all_the_same",
    ),
    ("after a refusal", "post_connection.rs", "after_a_refusal_the_next_letter_gets_a_connection_of_its_own"),
    (
        "EHLO is not answered as it should",
        "post_smtp.rs",
        "a_server_that_will_not_be_asked_what_it_offers_has_not_judged_the_letter",
    ),
    (
        "bytes that servers read differently",
        "post_smtp.rs",
        "a_letter_that_cannot_be_sent_safely_is_refused_before_anybody_is_asked",
    ),
    ("an address that no server carries", "post_smtp.rs", "an_address_that_no_server_carries_is_not_even_offered"),
];

const CRASHING: &[Row] = &[
    ("killed at any sync", "crash/points.rs", "a_kill_at_any_sync_loses_and_doubles_nothing"),
    ("killed at any write", "crash/points.rs", "a_kill_at_any_write_loses_and_doubles_nothing"),
    ("killed at any send", "crash/points.rs", "a_kill_at_any_send_loses_and_doubles_nothing"),
    (
        "killed where Sent is kept",
        "crash/points.rs",
        "where_the_provider_keeps_sent_mail_not_even_a_message_id_is_repeated",
    ),
    (
        "killed at random amid traffic",
        "crash/random.rs",
        "kills_at_random_while_mail_flows_both_ways_lose_and_double_nothing",
    ),
    (
        "killed amid the ledger's own work",
        "ledger_behaviour/killed.rs",
        "a_killed_handback_loses_nothing_and_does_nothing_twice",
    ),
    (
        "a mail ends the program thrice",
        "ledger_behaviour/intake.rs",
        "a_mail_whose_reading_ends_the_program_is_held_after_the_third_time",
    ),
    (
        "the log is cut at and in a frame",
        "crash/log.rs",
        "a_log_cut_anywhere_holds_all_that_was_acknowledged_before_the_cut",
    ),
    ("writes fail from some call on", "crash/disk.rs", "a_disk_that_is_full_from_some_write_on_loses_nothing"),
    ("syncs fail from some call on", "crash/disk.rs", "a_disk_that_fails_to_sync_loses_nothing"),
    ("the disk is full", "crash/disk.rs", "a_full_disk_is_a_clear_error_and_with_room_again_nothing_is_lost"),
    ("the disk is write-protected", "crash/disk.rs", "a_write_protected_disk_is_a_clear_error_and_nothing_is_lost"),
    (
        "the ledger is kept locked",
        "crash/disk.rs",
        "a_ledger_that_another_program_keeps_locked_is_a_clear_error_and_nothing_is_lost",
    ),
    ("the ledger is gone", "crash/disk.rs", "a_ledger_that_is_gone_is_not_made_anew"),
    ("the ledger is empty", "crash/disk.rs", "a_ledger_that_is_empty_is_not_made_anew"),
    ("the ledger is zeros", "crash/disk.rs", "a_ledger_of_zeros_is_not_made_anew"),
    ("the ledger is half gone", "crash/disk.rs", "a_ledger_that_is_half_gone_is_not_written_to"),
    (
        "a log without its ledger",
        "ledger_behaviour/opening.rs",
        "a_log_without_its_ledger_is_not_played_into_a_new_one",
    ),
    (
        "a migration is killed",
        "../src/ledger/migration/killed.rs",
        "a_migration_killed_at_any_write_leaves_the_old_ledger_or_the_new_one_whole",
    ),
    (
        "folding the tables anew is killed",
        "crash/interrupted.rs",
        "a_kill_at_any_write_while_tables_are_folded_anew_loses_and_doubles_nothing",
    ),
    (
        "a backup is killed",
        "crash/interrupted.rs",
        "a_backup_killed_at_any_write_leaves_none_or_a_whole_one_and_the_ledger_as_it_was",
    ),
    ("a restore is killed", "crash/interrupted.rs", "a_restore_killed_at_any_write_leaves_no_ledger_or_a_marked_one"),
    (
        "a ledger is put back from a backup",
        "crash/interrupted.rs",
        "after_a_restore_nothing_leaves_before_the_list_was_seen_and_no_letter_twice",
    ),
    (
        "mail was put away since the backup",
        "conversations/bad_days.rs",
        "a_mail_that_was_put_away_since_the_backup_counts_again_after_a_restore",
    ),
    (
        "two handbacks on one mailbox",
        "conversations/bad_days.rs",
        "after_a_restore_a_second_handback_on_the_mailbox_is_noticed",
    ),
    ("a backup of a damaged ledger", "crash/interrupted.rs", "a_damaged_ledger_makes_no_backup"),
    (
        "a restore over a ledger, or of half a backup",
        "crash/interrupted.rs",
        "a_restore_replaces_no_ledger_no_other_key_and_takes_no_half_backup",
    ),
    ("a backup while mail flows", "crash/interrupted.rs", "backups_made_while_mail_flows_are_sound_and_cost_no_mail"),
    ("a checkpoint is killed", "crash/interrupted.rs", "a_checkpoint_killed_at_any_write_loses_and_doubles_nothing"),
    ("killed amid reloads", "crash/interrupted.rs", "reloads_and_kills_amid_them_lose_and_double_nothing"),
    (
        "a reload with settings that are wrong",
        "crash/interrupted.rs",
        "a_reload_takes_the_new_settings_and_keeps_the_old_where_the_new_cannot_be_used",
    ),
    (
        "cut off while it was made",
        "ledger_behaviour/opening.rs",
        "a_ledger_that_was_cut_off_while_it_was_made_does_not_stand_in_the_way",
    ),
];

/// Whether `source` holds a test of that name.
fn holds(source: &str, test: &str) -> bool {
    let function = format!("fn {test}(");
    let Some((before, _)) = source.split_once(&function) else { return false };
    before.lines().rev().take(3).any(|line| line.contains("test]"))
}

#[test]
fn every_known_fault_has_a_test() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut list = String::new();
    let mut missing = Vec::new();
    let mut named = BTreeSet::new();
    for (family, rows) in [("Reading mail", READING), ("Sending letters", SENDING), ("Crashes and disks", CRASHING)] {
        writeln!(list, "{family}: {}", rows.len()).unwrap();
        for (fault, file, test) in rows {
            writeln!(list, "  {fault:<42} {test}").unwrap();
            let source = fs::read_to_string(tests.join(file)).unwrap_or_default();
            if !holds(&source, test) || !named.insert((file, test)) {
                missing.push(format!("{file}: {test}"));
            }
        }
    }
    println!("{list}{} faults, each with a test of its own", named.len());
    assert!(missing.is_empty(), "no such test, or named twice:\n{}", missing.join("\n"));
}

#[test]
fn a_test_that_is_not_there_is_missed() {
    assert!(holds("#[test]\nfn a_cut() {}", "a_cut"));
    assert!(!holds("#[test]\nfn a_cut() {}", "a_cut_off"));
    assert!(!holds("fn a_cut() {}", "a_cut"));
}
