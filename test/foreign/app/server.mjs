import { readConfig } from './src/config.mjs';
import { createApp } from './src/app.mjs';

const config = readConfig(process.env);
const app = createApp(config);

app.server.listen(config.port, '127.0.0.1', () => {
  const { port } = app.server.address();
  console.log(`セゾンPortal is listening on http://127.0.0.1:${port}${config.basePath}/`);
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    app.server.close(() => process.exit(0));
    app.server.closeAllConnections();
  });
}
