import assert from 'node:assert/strict'
import { readRegister } from '../../../evidence/registers/read.js'

const wrong = (...of: Parameters<typeof readRegister>): readonly string[] =>
  readRegister(...of).problems.map(({ line, text }) => `${line}: ${text}`)

describe('evidence/registers/read', () => {
  it('reads a list in YAML, and the same as CSV with lists cut at semicolons', () => {
    const yaml = '- name: hq\n  kind: office\n  ranges: [192.0.2.0/24, 198.51.100.1]\n  from: 2026-01-01\n'
    const csv = 'name,kind,ranges,from\nhq,office,192.0.2.0/24; 198.51.100.1,2026-01-01\n'
    const read = readRegister('networks', yaml, 'yaml')
    assert.deepEqual(readRegister('networks', csv, 'csv'), read)
    assert.deepEqual(read, {
      entries: [
        {
          name: 'hq',
          kind: 'office',
          owner: null,
          from: '2026-01-01',
          to: null,
          note: null,
          ranges: ['192.0.2.0/24', '198.51.100.1'],
          people: [],
          apps: [],
          resources: [],
          countries: [],
        },
      ],
      problems: [],
    })
  })

  it('names the line and what is wrong, and keeps the entries that are right', () => {
    const yaml = [
      '- { name: good, ranges: [192.0.2.0/24] }',
      '- name: bad',
      '  ranges: [192.0.2.0/33]',
      '- { name: none }',
      '- { name: odd, ranges: [192.0.2.1], range: x }',
      '- { name: kind, kind: home, ranges: [192.0.2.1] }',
      '- { name: dates, ranges: [192.0.2.1], from: 2026-02-02, to: 2026-02-01 }',
      '- text',
    ].join('\n')
    assert.deepEqual(
      readRegister('networks', yaml, 'yaml').entries.map(({ name }) => name),
      ['good'],
    )
    assert.deepEqual(wrong('networks', yaml, 'yaml'), [
      "3: 'ranges' must be an address or a range such as 198.51.100.0/24 or 2001:db8::/32",
      '4: the entry needs ranges: without it the entry covers nothing',
      "5: unknown key 'range'",
      "6: 'kind' must be one of office, vpn, proxy, cloud-egress, provider, hosting, anonymizer",
      '7: the entry ends before it begins',
      '8: the entry must be keys with values',
    ])
    assert.deepEqual(wrong('networks', 'name,ranges\nhq,nowhere\n', 'csv'), [
      "2: 'ranges' must be an address or a range such as 198.51.100.0/24 or 2001:db8::/32",
    ])
  })

  it('says what is no list, no YAML and no CSV', () => {
    assert.deepEqual(wrong('apps', 'name: x', 'yaml'), ['1: must be a list of entries, each beginning with -'])
    assert.match(wrong('apps', '- {', 'yaml')[0] ?? '', /^\d+: is not YAML: /)
    assert.match(wrong('apps', 'name,apps\na,"b\n', 'csv')[0] ?? '', /^\d+: is not CSV: /)
    assert.deepEqual(readRegister('apps', '', 'yaml'), { entries: [], problems: [] })
  })

  it('knows no kinds where a register has none', () => {
    assert.deepEqual(wrong('changes', '- { name: C1, kind: vpn, people: [a@b.example] }', 'yaml'), [
      "1: 'kind' has no place here: this register knows no kinds",
    ])
  })
})
