import type { Read } from './reads.js'
import { answerOf } from './answer.js'
import { type Entry, inside, listIn, readList, textIn } from './read-list.js'
import { rowText } from './row-text.js'

/** The inbox rules that a mailbox has now: those that send mail on or hide it come first. */
export const readInboxRules: Read = ({ objectId, upn }, _window, ask) => {
  const user = objectId ?? upn
  if (user === null) return null
  return (async () => {
    const list = await readList(
      {
        path: `/users/${encodeURIComponent(user)}/mailFolders/inbox/messageRules`,
        permission: 'MailboxSettings.Read',
      },
      ask,
    )
    if (!list.ok) return list
    const telling = (rule: Entry): number => (doesOf(rule).length > 0 ? 0 : 1)
    const rules = list.entries.toSorted((one, other) => telling(one) - telling(other))
    return answerOf('inbox-rules', rules.map(ruleText), list.isMore)
  })()
}

const ruleText = (rule: Entry): string =>
  rowText([
    ['name', `“${textIn(rule, 'displayName').slice(0, 40)}”`],
    ['does', doesOf(rule).join('; ')],
    ['off', rule['isEnabled'] === false ? 'switched off' : null],
  ])

const doesOf = (rule: Entry): readonly string[] => {
  const actions = inside(rule, 'actions')
  const sent = (['forwardTo', 'redirectTo', 'forwardAsAttachmentTo'] as const).flatMap((action) => {
    const addresses = listIn(actions, action).map((one) => textIn(inside(one, 'emailAddress'), 'address'))
    return addresses.length > 0 ? [`${action} ${addresses.slice(0, 3).join(' ')}`] : []
  })
  const hidden = (['delete', 'permanentDelete', 'markAsRead', 'moveToFolder'] as const).filter(
    (action) => actions[action] === true || (action === 'moveToFolder' && typeof actions[action] === 'string'),
  )
  return [...sent, ...hidden]
}
