import type { ResponsePart } from './response.js'

/** The top and the foot that all cards of the channel share. */
export type Header = {
  /** What a click carries. */
  readonly caseId: string
  readonly line: number
  /** A sentence on what just went wrong for the clicker. *untrusted* */
  readonly notice: string
  readonly hasNotice: boolean
  /** The alert's own title, the headline. *untrusted* */
  readonly title: string
  /** The guide's title, such as "Impossible travel", and whether it says more than the headline. */
  readonly kind: string
  readonly isKindShown: boolean
  /** What the source says happened, cut short. *untrusted* */
  readonly description: string
  readonly hasDescription: boolean
  /** "High", "Medium", "Low" or "Informational". */
  readonly severity: string
  /** A badge style of the severity: Attention, Warning, Accent or Informative. */
  readonly severityBadge: string
  /** A container style of the severity: attention, warning, accent or default. */
  readonly style: string
  readonly isSample: boolean
  readonly isPreview: boolean
  /** Who took it, "" when nobody. *untrusted* */
  readonly owner: string
  /** What happened in a line: whom it is about, from where, to what. *untrusted* */
  readonly subject: string
  /** When, who, where from: `value` is *untrusted*. */
  readonly facts: readonly Fact[]
  /** Where the alert is in its own portal: only to hosts that `portals.yaml` lists, else "". */
  readonly link: string
  readonly hasLink: boolean
  /** Other cases about the same person, address, app or resource, newest first: `title` is *untrusted*. */
  readonly related: readonly RelatedView[]
  /** "2 open, 3 past: FP - Untagged VPN on 12 Nov"; "" when there are none. */
  readonly relatedSummary: string
  readonly hasRelated: boolean
  /** The newest lines of the diary, newest last: `what` is *untrusted*. */
  readonly history: readonly HistoryEntry[]
} & GroupPart &
  ResponsePart

/** The other alerts that share the card, and who else told of the same one. */
export type GroupPart = {
  /** "4 alerts, 3 people, 12:01 to 12:20"; "" for one alert. */
  readonly groupSummary: string
  /** Who they are about, or from where where it is one person. *untrusted* */
  readonly groupNames: string
  readonly hasGroup: boolean
  /** The newest members: `title` and `about`, whom and from where, are *untrusted*. `caseId` is what "Take out" carries. */
  readonly members: readonly {
    readonly caseId: string
    readonly when: string
    readonly title: string
    readonly about: string
  }[]
  /** How many more there are, and how to take one of them out; "" when all are listed. */
  readonly moreMembers: string
  readonly hasMoreMembers: boolean
  readonly reports: readonly ReportView[]
  /** The other sources: "Microsoft Graph, Microsoft Sentinel". */
  readonly reportedBy: string
  readonly hasReports: boolean
}

/** What another source told of the same alert; `title`, `id` and `adds` are *untrusted*. */
export type ReportView = {
  readonly source: string
  readonly severity: string
  readonly title: string
  /** What it calls the alert. */
  readonly id: string
  /** What was not known before; "" for nothing. */
  readonly adds: string
  readonly hasAdds: boolean
  readonly link: string
  readonly hasLink: boolean
}

/** A related case: `caseId` and `line` are what the button that opens it (`open-case`) carries; `title` is *untrusted*. */
export type RelatedView = {
  readonly caseId: string
  readonly line: number
  readonly title: string
  /** When its alert occurred: "12 Nov". */
  readonly when: string
  /** "same person, same IP address". */
  readonly shares: string
  /** Its verdict, "Open" or "Closed". */
  readonly outcome: string
  readonly isOpen: boolean
}

/** The whole of what is cut short in sight, for the details. *untrusted* */
export type InFull = { readonly inFull: readonly { readonly text: string }[]; readonly hasInFull: boolean }

/** A named value; the value is *untrusted*. */
export type Fact = { readonly name: string; readonly value: string }
/** A line of history: `when` is short UTC time, `what` an *untrusted* sentence with the person's name. */
export type HistoryEntry = { readonly when: string; readonly what: string }

/** An answered check: `ask` and `answer` are the guide's; `finding`, what was seen, and `by` are *untrusted*. */
export type Found = {
  readonly ask: string
  readonly answer: string
  readonly finding: string
  readonly hasFinding: boolean
  readonly by: string
}

/**
 * What cannot wait, to be marked as done before any question is answered: choices, and those done, comma-separated. Where it is little, it
 * stands in sight until the first answer; else it is folded under "Contain: 1 of 3" after that.
 */
export type Urgent = {
  readonly hasUrgentInSight: boolean
  readonly hasUrgentFolded: boolean
  readonly urgentTitle: string
  readonly urgentChoices: readonly Choice[]
  readonly doneUrgent: string
}

/** A choice of an input: `title` is the guide's. */
export type Choice = { readonly title: string; readonly value: string }

/** A place in a portal, or a query filled in, as a button; the link is built from values of the right shape and escaped literals only. */
export type LookUpView = { readonly title: string; readonly url: string }

/** What is known of the question to a manager: `state` is *untrusted*. */
export type ManagerPart = {
  /** Nobody was asked, or no answer came; and there is an answer, but someone may be asked once more. */
  readonly canAsk: boolean
  readonly canAskAgain: boolean
  /** "Mia Manager was asked at 14:02 …", "Mia Manager says: yes …"; "" when nobody was asked. */
  readonly state: string
  readonly hasState: boolean
  /** Something speaks against the manager, and a lead can allow them all the same. */
  readonly canAllow: boolean
}

/** The verdict as it was recorded: `because`, `reason` and `by` are *untrusted*. */
export type VerdictView = {
  readonly verdict: string
  /** "True positive", for a badge of its class, and the badge's style. */
  readonly verdictClass: string
  readonly verdictBadge: string
  /** A container style of its class: attention, warning, good or default. */
  readonly verdictStyle: string
  readonly means: string
  readonly because: string
  readonly reason: string
  readonly hasReason: boolean
  readonly by: string
  readonly at: string
}

/** A step with what became of it: `mark` is "✔", "–" or "○"; `note` says who, when, why and is *untrusted*. */
export type StepView = { readonly mark: string; readonly do: string; readonly note: string; readonly hasNote: boolean }

/** What makes alerts like this rarer, or faster to resolve, apart from the case's own steps. */
export type Tuned = { readonly tuning: readonly StepView[]; readonly hasTuning: boolean }

/** The same, to be marked as done: preselected values, comma-separated, and the choices. */
export type Tunable = {
  readonly tuning: readonly StepView[]
  readonly doneTuning: string
  readonly tuningChoices: readonly Choice[]
  readonly hasTuningChoices: boolean
}

/** Somebody else has it: how far they are. */
export type Progress = {
  /** Where it stands, in a sentence. */
  readonly status: string
  /** What a lead has to know of the manager to allow them. */
  readonly manager: Pick<ManagerPart, 'state' | 'canAllow'>
  readonly soFar: readonly Found[]
  readonly hasSoFar: boolean
}

/** What a manager is asked; `who`, `ask`, `asker` and the facts are *untrusted*. */
export type ConfirmationRequest = {
  readonly caseId: string
  /** The line of the question. */
  readonly line: number
  /** The person it is about. */
  readonly who: string
  /** The question, in one plain sentence. */
  readonly ask: string
  readonly facts: readonly Fact[]
  readonly asker: string
  readonly until: string
  readonly notice: string
  readonly hasNotice: boolean
}

/** Questions of several cases on one card for a manager; `who`, `ask`, `asker`, `text` and the facts are *untrusted*. */
export type Questions = {
  /** Those that wait, as far as they have room; how many follow is told by `more`. */
  readonly open: readonly Pick<ConfirmationRequest, 'caseId' | 'line' | 'who' | 'ask' | 'facts' | 'asker' | 'until'>[]
  readonly more: string
  readonly hasMore: boolean
  /** What became of the others. */
  readonly answered: readonly { readonly caseId: string; readonly who: string; readonly text: string }[]
  readonly notice: string
  readonly hasNotice: boolean
}

/** What a manager sees afterwards; all but `canChange` is *untrusted*. */
export type Thanks = {
  readonly caseId: string
  readonly line: number
  readonly title: string
  readonly text: string
  readonly who: string
  readonly canChange: boolean
  readonly notice: string
  readonly hasNotice: boolean
}

/** One page of a list, for `queue` and `mine`; `filter`, and in the rows `title`, `person`, `owner` and `waits`, are *untrusted*. */
export type List = {
  readonly heading: string
  /** Which cases are shown; "" for all. */
  readonly filter: string
  readonly hasFilter: boolean
  readonly empty: string
  readonly isEmpty: boolean
  readonly rows: readonly {
    readonly caseId: string
    /** The newest line of the case, for the button that takes it. */
    readonly line: number
    readonly severity: string
    readonly title: string
    /** Whom the alert names first, and how many more. */
    readonly person: string
    readonly hasPerson: boolean
    /** "4 alerts · " where so many share the card, else "". */
    readonly alerts: string
    readonly age: string
    readonly owner: string
    /** "Check 2 of 4", "FP - Untagged VPN, 2 actions open". */
    readonly standing: string
    /** Whose answer is waited for. */
    readonly waits: string
    readonly hasWaits: boolean
    /** Nobody has it. */
    readonly canTake: boolean
  }[]
  /** "Page 1 of 3". */
  readonly page: string
  readonly hasPages: boolean
  /** The words that ask for the next page; "" on the last one. */
  readonly next: string
  readonly hasMore: boolean
  /** How to see others, or fewer. */
  readonly hint: string
  /** What the list lacks; "" when it lacks nothing. */
  readonly note: string
  readonly hasNote: boolean
}

/** What can be sent to Winnow. */
export type Help = {
  readonly heading: string
  readonly intro: string
  readonly groups: readonly {
    readonly heading: string
    /** `send`: the words, `does`: what they do. */
    readonly commands: readonly { readonly send: string; readonly does: string }[]
  }[]
}

/** The card that stands for many in a storm; in the lists `name`, `ip` and `title` of people, addresses and newest ones are *untrusted*. */
export type Digest = {
  readonly heading: string
  /** "Since 28 Nov 12:01: 342 alerts, 310 without a card of their own." */
  readonly summary: string
  /** "330 open, 12 of them assigned, 12 closed." */
  readonly standing: string
  /** What happens with the cards that are held back. */
  readonly about: string
  /** "High 12 · Medium 200". */
  readonly severities: string
  /** The most frequent guides, by title. */
  readonly types: readonly { readonly name: string; readonly count: number }[]
  readonly hasTypes: boolean
  readonly moreTypes: string
  readonly hasMoreTypes: boolean
  readonly people: readonly { readonly name: string; readonly count: number }[]
  readonly hasPeople: boolean
  readonly addresses: readonly { readonly ip: string; readonly count: number }[]
  readonly hasAddresses: boolean
  readonly newest: readonly { readonly caseId: string; readonly title: string; readonly when: string }[]
  readonly hasNewest: boolean
  /** There are open cases to do something about. */
  readonly hasActions: boolean
}

/** What one shift leaves to the next; `title`, `waits` and `people` are *untrusted*. */
export type Shift = {
  readonly heading: string
  /** Who is on call now, after whom. */
  readonly people: string
  readonly hasPeople: boolean
  readonly standing: string
  readonly chart: string
  /** Whom the open cases wait for. */
  readonly bars: readonly { readonly label: string; readonly count: number; readonly shown: string }[]
  readonly hasBars: boolean
  readonly rows: readonly {
    readonly caseId: string
    readonly title: string
    readonly severity: string
    readonly age: string
    readonly waits: string
    readonly step: string
    /** What is due next, and when. */
    readonly clock: string
    readonly hasClock: boolean
  }[]
  readonly hasMore: boolean
  readonly more: string
  readonly hint: string
}

/** Which cases to take at once; `notice` and the groups' `name` are *untrusted*, the choices carry what they select. */
export type TakeAll = {
  readonly notice: string
  readonly hasNotice: boolean
  readonly about: string
  readonly groups: readonly { readonly label: string; readonly name: string }[]
  readonly choices: readonly Choice[]
  readonly hasChoices: boolean
}

/** One verdict for several cases: which type, or the next check, or the verdict. `notice` is *untrusted*. */
export type VerdictAll = {
  readonly notice: string
  readonly hasNotice: boolean
  /** The guide's title. */
  readonly kind: string
  readonly hasKind: boolean
  readonly about: string
  /** What the buttons carry: the words of the selection, and the answers given so far. */
  readonly selection: string
  readonly given: string
  readonly types: readonly Choice[]
  readonly hasTypes: boolean
  readonly soFar: readonly { readonly ask: string; readonly answer: string }[]
  readonly hasSoFar: boolean
  readonly check: string
  readonly ask: string
  readonly how: string
  readonly options: readonly Choice[]
  readonly hasCheck: boolean
  readonly verdicts: readonly Choice[]
  readonly isJudging: boolean
}
