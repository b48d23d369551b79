// Collaborative documents on ShareDB: node sharedb.js PORT FOLDER
//
// Settings, after the package's own example: the rich-text type, its own store in memory, WebSockets of ws with permessage-deflate off, bufferutil installed.
// Where the folder has a paper.txt, there is a document with that text.
'use strict';
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const WebSocketJSONStream = require('@teamwork/websocket-json-stream');
const richText = require('rich-text');
const ShareDB = require('sharedb');
const { WebSocketServer } = require('ws');

ShareDB.types.register(richText.type);
const backend = new ShareDB();
const server = http.createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false, clientTracking: false });

sockets.on('connection', (socket) => {
  socket.on('error', () => {});
  const stream = new WebSocketJSONStream(socket);
  stream.on('error', () => {}); // A client that is gone; nobody else is to go with it.
  backend.listen(stream);
});

const listen = () => server.listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 });

const paper = path.join(process.argv[3], 'paper.txt');
if (fs.existsSync(paper)) {
  const document = backend.connect().get('docs', 'paper');
  document.create([{ insert: fs.readFileSync(paper, 'utf8') }], richText.type.uri, listen);
} else {
  listen();
}
