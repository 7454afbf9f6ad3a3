/** What the committed manifests are made with. */
export const example = { url: 'https://entente.example.com', appId: '00000000-0000-0000-0000-000000000000' } as const;
