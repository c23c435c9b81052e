/**
 * Everything that may go wrong with a generation and its money, and what holds all the same. The number is the fault's
 * name for good. A test says by `[F-12]` at the start of its title that it shows the guarantee.
 * @typedef {object} Fault
 * @property {string} id
 * @property {string} fault
 * @property {string} guarantee
 * @property {string} [elsewhere] why no test of this tree shows it
 */

/** @param {string} id @param {string} fault @param {string} guarantee @param {string} [elsewhere] @returns {Fault} */
const row = (id, fault, guarantee, elsewhere) => ({
  id,
  fault,
  guarantee,
  ...(elsewhere === undefined ? {} : { elsewhere }),
});

/** @type {{ title: string, faults: Fault[] }[]} */
export const faultGroups = [
  {
    title: "Crashes and submits",
    faults: [
      row(
        "F-01",
        "killed before the hold",
        "Nothing exists and nothing is charged; the same key makes one generation.",
      ),
      row(
        "F-02",
        "killed after the hold, before the answer",
        "It is dispatched all the same; the same key is told of it.",
      ),
      row(
        "F-03",
        "killed after the attempt was written, before anything left",
        "Sent once more when it is surely lost; never two at once.",
      ),
      row(
        "F-04",
        "killed with the create on its way",
        "Found by webhook or listing and adopted; one prediction used.",
      ),
      row("F-05", "killed with the create's answer in hand", "Found and adopted; nothing is sent again."),
      row(
        "F-06",
        "killed after a webhook was written down, before its 200",
        "The sender comes again and is acknowledged; applied once.",
      ),
      row(
        "F-07",
        "killed after a webhook's 200, before it was applied",
        "The sweeper applies it from the inbox.",
      ),
      row(
        "F-08",
        "killed while a picture is stored",
        "Stored again under the same key; one row, one charge.",
      ),
      row(
        "F-09",
        "killed after the charge, before anybody was told",
        "The browser learns of it; no second charge.",
      ),
      row("F-10", "committed, and the answer lost", "The repeated statement finds its own work done."),
      row("F-11", "a double click, a retry, two tabs", "One key is one generation and one answer."),
      row(
        "F-12",
        "many submits on a balance for few",
        "Exactly as many succeed as are paid for; never below zero.",
      ),
      row("F-13", "one key with two bodies", "Refused with 422; nothing is charged."),
      row(
        "F-14",
        "one person's key used by another",
        "Each person's keys are their own; nothing of the other's shows.",
      ),
      row("F-15", "a client that leaves during its submit", "One whole task or none."),
      row(
        "F-16",
        "a submit while upstream refuses everything",
        "503 and when to come back, before anything is held.",
      ),
    ],
  },
  {
    title: "Webhooks",
    faults: [
      row(
        "F-18",
        "a webhook before the create's answer",
        "Adopted by its token; the answer then changes nothing.",
      ),
      row("F-19", "copies of one delivery", "One row and one effect; all are acknowledged."),
      row(
        "F-20",
        "deliveries out of order",
        "An end stays an end; earlier words that come late are ignored.",
      ),
      row("F-21", "a delivery after the deadline", "Nothing is charged again; what still runs is stopped."),
      row("F-22", "two ends that contradict each other", "The first stands; the second changes nothing."),
      row("F-23", "no webhook at all", "Polls bring the picture."),
      row("F-24", "a forged delivery", "401, and nothing is written."),
      row("F-25", "a replayed delivery", "Acknowledged as a duplicate, or refused when it is old."),
      row("F-26", "a genuine delivery at another generation's address", "That generation does not change."),
      row("F-27", "a genuine delivery about a stranger's prediction", "Acknowledged; nothing changes."),
      row(
        "F-28",
        "a delivery that is huge, slow, packed or no prediction",
        "Refused by its cause; nothing is parsed before it is verified.",
      ),
      row(
        "F-29",
        "a change of the secret",
        "Old and new are valid side by side, the old one no longer than it is listed.",
      ),
      row(
        "F-30",
        "a delivery while the database is away",
        "503, so that the sender comes again; a poll does without.",
      ),
      row(
        "F-31",
        "a clock that is ten minutes off",
        "Deliveries are refused, polls bring the picture, streams go on, somebody is paged.",
      ),
      row("F-32", "a burst of deliveries", "None is lost; submits are served meanwhile."),
    ],
  },
  {
    title: "Upstream",
    faults: [
      row("F-33", "silence after upstream accepted", "Unknown: looked for, never sent again blindly."),
      row(
        "F-34",
        "silence before upstream accepted",
        "Missed in two listings, sent once more, then given back.",
      ),
      row("F-35", "a create that is put off (429)", "The same attempt waits its time; no second prediction."),
      row(
        "F-36",
        "a create that is refused (4xx)",
        "Given back at once with its reason; our own fault pages somebody.",
      ),
      row("F-37", "a server's error (5xx) to a create", "Unknown: it may run, so it is looked for."),
      row(
        "F-38",
        "an answer that makes no sense",
        "Unknown, never an exception; read no further than its limit.",
      ),
      row("F-39", "an answer that trickles", "The whole call has one deadline; then it is unknown."),
      row("F-40", "a gateway that creates twice", "One is adopted, the other is stopped and counted."),
      row(
        "F-41",
        "a gateway that answers out of its cache",
        "Nobody gets another's picture; the second is given back.",
      ),
      row("F-42", "a run that never starts or ends", "Stopped, and given back at the deadline."),
      row("F-43", "a run that fails", "Given back with a reason a person understands."),
      row("F-44", "a run that is canceled or aborted, by whomever", "An end like any other: given back."),
      row(
        "F-45",
        "a cancel that loses against the picture",
        "The picture is kept and paid, or given back; never both.",
      ),
      row("F-46", "a cancel that upstream does not take", "Asked again; given back at the deadline anyway."),
      row("F-47", "a success without pictures of ours", "Refused and given back."),
      row(
        "F-48",
        "half an hour's outage",
        "Few calls are wasted, nothing is held, and it is over within a minute of its end.",
      ),
      row("F-49", "a status or field nobody knows", "Waited for; given back at the deadline."),
      row("F-50", "a prediction that upstream denies", "Asked for until the deadline, then given back."),
    ],
  },
  {
    title: "Outputs and storage",
    faults: [
      row("F-51", "a download that breaks off", "Fetched again; nothing is visible before it is whole."),
      row("F-52", "an output that is no picture", "Refused and given back; the server goes on."),
      row("F-53", "a storage that fails", "Tried again under the same key; the picture is stored whole."),
      row("F-54", "an output that is gone before it was fetched", "Told as lost and given back."),
      row(
        "F-55",
        "some of several pictures",
        "What was stored is charged, the rest given back, in one movement.",
      ),
      row(
        "F-56",
        "an object without a row, a row without an object",
        "Objects nobody knows are removed; a missing one is told.",
      ),
      row("F-57", "an output at another host", "Not fetched."),
    ],
  },
  {
    title: "Database and deployment",
    faults: [
      row("F-58", "PostgreSQL crashes", "What was acknowledged is there; nothing is there by half."),
      row("F-59", "connections are killed", "The server lives on and finds new ones; money stays right."),
      row("F-60", "one grant asked for twice", "Granted once."),
      row(
        "F-61",
        "a refund asked for twice, or beyond what was charged",
        "One refund; the others are refused.",
      ),
      row(
        "F-62",
        "a database that does not answer, or is crowded",
        "503 and when to come back; webhooks and the health check have connections of their own.",
      ),
      row(
        "F-63",
        "deadlocks, lost serialisations, long locks",
        "The statement is made again; what would stay is not.",
      ),
      row("F-64", "a server that is asked to leave", "What it had in hand is done by the one that stays."),
      row(
        "F-65",
        "a process that sleeps and comes back",
        "Another did its work; what it does late changes nothing.",
      ),
      row(
        "F-66",
        "a generation that kills its process",
        "Given up after five tries and given back; others do not wait.",
      ),
      row("F-67", "the turn of a month", "Pictures go back into the month they came from, in UTC."),
      row("F-68", "a month's pictures granted by many servers at once", "Granted once."),
      row("F-69", "a payment that is taken back", "No balance goes below zero."),
      row(
        "F-70",
        "a person who leaves in the middle",
        "Canceled and given back; the ledger keeps an opaque id.",
      ),
      row(
        "F-71",
        "a price that changes",
        "What was agreed at submit stays; nothing is made at a price that was not shown.",
      ),
      row(
        "F-72",
        "a stale replica",
        "Money is read from the primary.",
        "There is one database address; no replica is ever read.",
      ),
      row("F-73", "a database that takes nothing more", "503, and nothing by half."),
      row(
        "F-74",
        "a restore from a backup",
        "Balances agree with their entries; live generations are healed.",
      ),
    ],
  },
  {
    title: "Prompts, input and abuse",
    faults: [
      row("F-75", "a text model that blocks or says nothing", "A typed result, never an exception."),
      row(
        "F-76",
        "a text model that is away",
        "The prompt goes as it was written, soon; nothing is charged.",
      ),
      row(
        "F-77",
        "a text model's answer that is odd",
        "Made plain and cut to the limit of a person's own prompt.",
      ),
      row("F-78", "input that is far too large or too deep", "Refused at once."),
      row("F-79", "any Unicode", "Kept exactly or refused; never a fault of ours."),
      row("F-80", "numbers that are none", "Refused; prices are computed here alone."),
      row("F-81", "a session that ends in the middle", "The task ends as it would have; reads are refused."),
      row("F-82", "one person's thousand submits", "Refused at the live cap; others do not wait."),
    ],
  },
];
