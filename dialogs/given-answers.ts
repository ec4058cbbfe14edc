/** An answer that is given once for several cases. */
export type GivenAnswer = { readonly check: string; readonly option: string }

/** The answers given so far as a button carries them, to be read again: `check=option,check=option`. */
export const answersText = (answers: readonly GivenAnswer[]): string =>
  answers.map(({ check, option }) => `${check}=${option}`).join(',')

/** The same, read; what has another shape is left out. */
export const parseAnswers = (text: string): readonly GivenAnswer[] =>
  text
    .slice(0, longest)
    .split(/[\s,]+/)
    .flatMap((part) => {
      const [, check, option] = /^([a-z0-9-]{1,80})=([a-z0-9-]{1,80})$/i.exec(part) ?? []
      return check === undefined || option === undefined ? [] : [{ check, option }]
    })

const longest = 4500
