/** True for an id as Entra ID and Azure give them: 8-4-4-4-12 hexadecimal digits, in small letters or capitals. */
export const isGuid = (text: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
