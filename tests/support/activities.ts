/** Somebody in Teams, as a roster lists them. */
export type Somebody = {
  readonly id: string
  readonly aadObjectId: string
  readonly name: string
  readonly userPrincipalName: string
  readonly userRole?: string
  readonly tenantId?: string
}

/** A few people for tests: two analysts and their manager. */
export const people = {
  ana: somebody('ana', 'Ana Analyst', 1),
  bo: somebody('bo', 'Bo Analyst', 2),
  mia: somebody('mia', 'Mia Manager', 3),
} as const

/** An activity as Teams sends it, as JSON. */
export type Activity = Readonly<Record<string, unknown>>

/** Where an activity comes from: a channel (or a thread in it), or the 1:1 chat when `conversation` starts with `a:`. */
export type From = {
  readonly by: Somebody
  readonly conversation?: string
  /** The activity fields to add or to replace; undefined leaves one out. */
  readonly but?: Readonly<Record<string, unknown>>
}

/** Builders of everything people can do in one Teams tenant. */
export type Activities = ReturnType<typeof activitiesOf>

/** What Teams sends to that bot through that service. */
export const activitiesOf = ({
  serviceUrl,
  tenantId,
  botId,
}: Readonly<Record<'serviceUrl' | 'tenantId' | 'botId', string>>) => {
  let count = 0
  const activity = (type: string, { by, conversation = incidents, but }: From, more: object): Activity => {
    count += 1
    const personal = conversation.startsWith('a:')
    const channel = conversation.split(';')[0]
    return {
      type,
      id: `in-${count}`,
      channelId: 'msteams',
      serviceUrl,
      from: { id: by.id, name: by.name, aadObjectId: by.aadObjectId },
      recipient: { id: botId, name: 'Winnow' },
      conversation: personal
        ? { id: conversation, conversationType: 'personal', tenantId }
        : { id: conversation, conversationType: 'channel', isGroup: true, tenantId },
      channelData: { tenant: { id: tenantId }, ...(!personal && { team: { id: general }, channel: { id: channel } }) },
      ...more,
      ...but,
    }
  }
  const mention = { type: 'mention', text: '<at>Winnow</at>', mentioned: { id: botId, name: 'Winnow' } }
  return {
    /** Somebody writes; Winnow is mentioned unless it is a 1:1 chat. */
    message: (text: string, from: From) =>
      activity('message', from, {
        textFormat: 'plain',
        ...(from.conversation?.startsWith('a:') ? { text } : { text: `${mention.text} ${text}`, entities: [mention] }),
      }),
    /** A press on an Action.Submit of that message. */
    submit: (value: unknown, replyToId: string | undefined, from: From) =>
      activity('message', from, { value, replyToId }),
    /** A press on an Action.Execute of that message; `automatic` when the client refreshes by itself. */
    invoke: (verb: string, data: object, replyToId: string, from: From, trigger: 'manual' | 'automatic' = 'manual') =>
      activity('invoke', from, {
        name: 'adaptiveCard/action',
        replyToId,
        value: { action: { type: 'Action.Execute', verb, data }, trigger },
      }),
    /** A press on a button that opens a dialog, or in a dialog; both with what is filled in beside it. */
    dialog: (name: 'task/fetch' | 'task/submit', data: object, replyToId: string, from: From) =>
      activity('invoke', from, { name, replyToId, value: { data, context: { theme: 'default' } } }),
    /** Winnow is added, as the installation tells it. */
    installed: (from: From) => activity('installationUpdate', from, { action: 'add' }),
    /** Winnow is added, as the new member tells it: the team only, not the channel. */
    joined: (from: From) =>
      activity('conversationUpdate', from, {
        membersAdded: [{ id: botId }],
        ...(!from.conversation?.startsWith('a:') && {
          conversation: { id: general, conversationType: 'channel', isGroup: true, tenantId },
          channelData: { tenant: { id: tenantId }, team: { id: general }, eventType: 'teamMemberAdded' },
        }),
      }),
    /** Anything else. */
    other: (type: string, from: From) => activity(type, from, {}),
  }
}

/** The channel where cards go, and the team's General channel, whose id is also the team's. */
export const incidents = '19:incidents@thread.tacv2'
export const general = '19:team@thread.tacv2'

function somebody(short: string, name: string, n: number): Somebody {
  return {
    id: `29:1${short}`,
    aadObjectId: `aaaaaaaa-0000-4000-8000-00000000000${n}`,
    name,
    userPrincipalName: `${short}@example.com`,
  }
}
