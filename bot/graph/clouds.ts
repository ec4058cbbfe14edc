/** Microsoft's clouds: where Graph is, and where one signs in. */
export const clouds = {
  global: { graph: 'https://graph.microsoft.com', authority: 'https://login.microsoftonline.com' },
  'us-government': { graph: 'https://graph.microsoft.us', authority: 'https://login.microsoftonline.us' },
  'us-dod': { graph: 'https://dod-graph.microsoft.us', authority: 'https://login.microsoftonline.us' },
  china: { graph: 'https://microsoftgraph.chinacloudapi.cn', authority: 'https://login.chinacloudapi.cn' },
} as const
