import assert from 'node:assert/strict'
import { loadLanguages } from '../../../content/load/load-phrases.js'
import { messageToIntent } from '../../../dialogs/hear/message-to-intent.js'
import { type Synonyms, noSynonyms, synonymsOf } from '../../../dialogs/hear/synonyms.js'

const code = '7K3F-9QXM-2ABC'

describe('dialogs/hear/synonyms: what is typed in any language', () => {
  let synonyms: Synonyms
  before(async () => {
    synonyms = synonymsOf(await loadLanguages('content/phrases'))
  })
  const heard = (text: string, personal = false) => messageToIntent(text, [], personal, synonyms)
  const english = (text: string, personal = false) => messageToIntent(text, [], personal)

  it('is the same command as in English', () => {
    const same = {
      wachtrij: 'queue',
      'Wachtrij hoog.': 'queue high',
      'kö låg sida 2': 'queue low page 2',
      mina: 'mine',
      'neem over': 'take over',
      'ta över': 'take over',
      'geef vrij': 'release',
      'neem alle type:impossible-travel': 'take all type:impossible-travel',
      'antwoord 2 oude browser': 'answer 2 oude browser',
      'svara 2 gammal webbläsare': 'answer 2 gammal webbläsare',
      'sla over 2 account is al dicht': 'skip 2 account is al dicht',
      'klart 1 3': 'done 1 3',
      'öppna igen nya uppgifter': 'reopen nya uppgifter',
      [`zaak ${code}`]: `case ${code}`,
      [`${code} neem`]: `${code} take`,
      [`ärende ${code} stäng klart`]: `case ${code} close klart`,
      'zoek kim gesloten sinds 7d': 'find kim closed since 7d',
      'plaats hier cloud-apps hoog': 'post here cloud-apps high',
      'jour hög': 'on call high',
      'einde dienst': 'off call',
      'taal nederlands': 'language nederlands',
    }
    for (const [typed, meant] of Object.entries(same)) assert.deepEqual(heard(typed), english(meant), typed)
  })

  it('leaves English, names, quoted words and people’s own sentences as they are', () => {
    for (const text of ['take over', 'queue high', 'find "sinds 7d"', 'note neem dit mee', 'answer 1 ja, dat klopt'])
      assert.deepEqual(heard(text), english(text), text)
    assert.deepEqual(heard('nemen we morgen op'), heard('nemen we morgen op'))
    assert.equal(heard('neemt iemand dit?').kind, 'unknown')
    assert.equal(messageToIntent('wachtrij', [], false, noSynonyms).kind, 'unknown')
  })

  it('is a manager’s answer, with what they add', () => {
    for (const [typed, answer] of [
      ['ja', 'yes'],
      ['Nee, hij was thuis', 'no'],
      ['nej hon är hemma', 'no'],
      ['weet ik niet', 'not-sure'],
      ['Vet inte', 'not-sure'],
      ['niet mijn medewerker', 'not-my-report'],
      [`${code} inte min medarbetare`, 'not-my-report'],
    ] as const) {
      const intent = heard(typed, true)
      assert.ok(intent.kind === 'answer-confirmation' && intent.answer === answer, typed)
    }
  })

  it('is no answer where it could mean something else', () => {
    for (const typed of [
      'ja?',
      'ja en nee',
      'nee, geen probleem',
      'nee geen idee',
      'nej då',
      'ja eller nej',
      'jawel',
      'nej, inga problem',
    ])
      assert.equal(heard(typed, true).kind, 'unknown', typed)
  })
})
