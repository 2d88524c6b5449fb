export default {
  api: {
    input: { target: './openapi.json' },
    output: { target: './generated/orval.ts', client: 'fetch', mode: 'single', baseUrl: process.env.CLIENTS_URL },
  },
};
