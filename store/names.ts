import { Fault } from '../triage/fault.js'

const caseId = /^[0-9A-Z-]{1,40}$/
const settingName = /^(?=.{1,60}$)[a-z0-9]+(-[a-z0-9]+)*$/

/** True for what can be a case's id, and so a file's name. */
export const isCaseId = (text: string): boolean => caseId.test(text)

/** Fault `store/bad-id` for anything that is not a case's id: it never touches a path. */
export function checkCaseId(id: string): void {
  if (typeof id === 'string' && caseId.test(id)) return
  throw new Fault(
    'store/bad-id',
    `A case id is 1 to 40 of 0-9, A-Z and "-", not ${quoted(id)}. Use the id on the card.`,
  )
}

/** Fault `store/bad-name` for anything that is not a setting's name. */
export function checkSettingName(name: string): void {
  if (typeof name === 'string' && settingName.test(name)) return
  throw new Fault('store/bad-name', `A setting is named in kebab-case, 1 to 60 characters, not ${quoted(name)}.`)
}

const quoted = (text: unknown): string =>
  `"${String(text)
    .slice(0, 60)
    .replace(/[^ !#-~]/g, '?')}"`
