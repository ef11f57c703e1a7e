//! Looks up the mail that somebody puts right, reads it again, and makes the correction that policy decides about.

use super::{
    circumstances::{Circumstances, Letters},
    reading::files,
    work::READER,
};
use crate::{
    domain::{
        command::{Order, OwnerCommand},
        event::Outcome,
        id::{InboxId, PersonId, TaskId},
        lesson::{Record, Wish},
        notice::{NoticeKey, NoticeKind, Slot},
        person::Role,
        token::TokenKey,
    },
    ledger::{Events, InboxRow, LedgerError, MailState, NoticeState, Tx, View},
    mailbox::mime,
    policy::correction::Correction,
    understanding::{
        machine,
        statements::correction::{Reread, settle},
    },
};

/// What nobody can put right, in words.
type Refused = String;

/// Makes the correction of the mail `inbox` on `task`, as `wish` has it.
///
/// # Errors
/// Where the ledger fails; the inner error says why this mail cannot be put right.
pub fn correction(
    view: View<'_>,
    inbox: InboxId,
    task: TaskId,
    wish: &Wish,
    key: &TokenKey,
) -> Result<Result<Correction, Refused>, LedgerError> {
    let (row, person) = match written_by(view, inbox)? {
        Ok(found) => found,
        Err(why) => return Ok(Err(why)),
    };
    let tasks = view.tasks_of_mail(inbox)?;
    if !tasks.contains(&task) {
        let about: Vec<String> = tasks.iter().map(TaskId::to_string).collect();
        return Ok(Err(format!("mail {inbox} is not about {task}, but about {}", about.join(" and "))));
    }
    let Some(sender) = view.person(person)?.filter(|person| person.role == Role::Assistant) else {
        return Ok(Err(format!("mail {inbox} was not written by an assistant, so nothing was read in it")));
    };
    let Some(raw) = view.raw_mail(inbox)?.filter(|raw| !raw.is_empty()) else {
        return Ok(Err(format!("the words of mail {inbox} were erased")));
    };
    let mail = mime::decode(&raw);
    let letters = Letters::named_by(&mail, Some(&sender), view, key)?;
    // What an earlier correction of this very mail taught says nothing about how it was read.
    let circumstances = Circumstances::of(&mail, &sender, letters.answered(), view, row.taken_at)?.unlearned();
    let sent = circumstances.letter_words(view)?;
    let reading = circumstances.read(&mail, &machine::author(&mail), sent.as_deref());
    let events = view.events(Events::OfTask(task))?;
    let record = Record::of(inbox, task, &events);
    let reread = Reread {
        own_words: &reading.own_words,
        situation: circumstances.situation(),
        understanding: &reading.understanding,
        record: &record,
    };
    Ok(match settle(&reread, wish) {
        Ok(settled) => Ok(Correction {
            inbox,
            task,
            person,
            reader: READER,
            asked: circumstances.situation().asked,
            lessons: settled.lessons,
            statements: settled.statements,
            own_words: reading.own_words.text.clone(),
            files: if row.partial { Vec::new() } else { files(&mail, inbox) },
            events,
        }),
        Err(unclear) => Err(format!("mail {inbox} cannot be put right: {unclear}")),
    })
}

/// Whose reply it is; none for what was held, doubled or written by a machine.
fn written_by(view: View<'_>, inbox: InboxId) -> Result<Result<(InboxRow, PersonId), Refused>, LedgerError> {
    let Some(row) = view.mail(inbox)? else {
        return Ok(Err(format!("there is no mail {inbox} (see `handback mail list`)")));
    };
    let MailState::Done(end) = &row.state else {
        return Ok(Err(format!("mail {inbox} was not read yet (it is in the next round)")));
    };
    Ok(match (end.outcome, end.person) {
        (Outcome::Filed | Outcome::AskedBack, Some(person)) => Ok((row, person)),
        (Outcome::Held, _) => Err(format!(
            "mail {inbox} is held and was not read: {} (let it count with `handback mail release {inbox}`)",
            end.why
        )),
        (outcome, _) => Err(format!("mail {inbox} ended as {outcome}, so nothing was read in it")),
    })
}

/// The corrections that the orders of one mail of the owner's ask for, in their order.
pub(super) fn corrections(
    view: View<'_>,
    commands: &[Result<OwnerCommand, String>],
    key: &TokenKey,
) -> Result<Vec<Result<Correction, Refused>>, LedgerError> {
    let mut corrections = Vec::new();
    for command in commands.iter().flatten() {
        if let Order::Read { mail, wish } = &command.order {
            let mail = match mail {
                Some(mail) => Some(*mail),
                None => view.task(command.task)?.and_then(|task| task.doubts.first().map(|doubt| doubt.inbox)),
            };
            corrections.push(match mail {
                Some(mail) => correction(view, mail, command.task, wish, key)?,
                None => Err(format!(
                    "no words on {task} are in doubt; name the mail that is meant, as in READ {task} DONE MAIL 17",
                    task = command.task
                )),
            });
        }
    }
    Ok(corrections)
}

/// Drops the question back that is still waiting to be sent about a mail which was put right.
///
/// # Errors
/// Where the ledger fails.
pub fn no_question_back(tx: &Tx<'_>, correction: &Correction) -> Result<(), LedgerError> {
    let key = NoticeKey {
        task: Some(correction.task),
        kind: NoticeKind::NotUnderstood,
        person: correction.person,
        slot: Slot::Mail(correction.inbox),
    };
    if let Some(row) = tx.view().notice_by_key(&key)?
        && row.state == NoticeState::Planned
    {
        tx.drop_notice(row.id, "the owner said what the mail means")?;
    }
    Ok(())
}
