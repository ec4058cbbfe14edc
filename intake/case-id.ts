import * as crypto from 'node:crypto'
import type { Source } from '../triage/alert.js'
import { codeLetters } from '../triage/case-code.js'

/** The case of an alert, `7K3F-9QXM-2ABC`: the same alert always has the same, so it can be sent again without harm. */
export const caseId = (source: Source, sourceAlertId: string): string => {
  // The first sixty bits, five for each letter.
  const bits = BigInt(`0x${crypto.hash('sha256', `${source}\n${sourceAlertId}`, 'hex').slice(0, 15)}`)
  let id = ''
  for (const digit of bits.toString(32).padStart(12, '0'))
    id += `${id.length % 5 === 4 ? '-' : ''}${codeLetters[parseInt(digit, 32)] ?? ''}`
  return id
}
