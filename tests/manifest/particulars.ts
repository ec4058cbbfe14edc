import type { Particulars } from '../../manifest/fill.js'

/** An installation, for tests. */
export const particulars: Particulars = {
  appId: '22222222-2222-4222-8222-222222222222',
  version: '1.2.3',
  developer: 'Contoso Security',
  website: 'https://intranet.contoso.example/winnow',
  privacy: 'https://intranet.contoso.example/winnow/privacy',
  terms: 'https://intranet.contoso.example/winnow/terms',
}
