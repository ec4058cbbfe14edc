import * as crypto from 'node:crypto'
import type { Source } from '../triage/alert.js'
import { codeLetters } from '../triage/case-code.js'

/** The case of an alert, `7K3F-9QXM-2ABC`: the same alert always has the same, so it can be sent again without harm. */
export const caseId = (source: Source, sourceAlertId: string): string => {
  const hash = crypto.hash('sha256', `${source}\n${sourceAlertId}`, 'hex')
  return `${fourLetters(hash.slice(0, 5))}-${fourLetters(hash.slice(5, 10))}-${fourLetters(hash.slice(10, 15))}`
}

/** Five hexadecimal digits as four letters of five bits each. */
const fourLetters = (digits: string): string => {
  const bits = parseInt(digits, 16)
  return letter(bits >> 15) + letter(bits >> 10) + letter(bits >> 5) + letter(bits)
}

const letter = (bits: number): string => codeLetters.charAt(bits & 31)
