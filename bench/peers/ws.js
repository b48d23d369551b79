// A broadcast room and an echo on ws: node ws.js PORT
//
// Settings, after the package's own advice: bufferutil is installed (native masking), permessage-deflate stays off, one message is made into bytes once
// and the same bytes are sent to every client that is open.
'use strict';
const http = require('node:http');
const { WebSocket, WebSocketServer } = require('ws');

const rooms = new Map();
const server = http.createServer();
const sockets = new WebSocketServer({ server, perMessageDeflate: false, clientTracking: false });

function join(socket, roomId) {
  let members = rooms.get(roomId);
  if (!members) rooms.set(roomId, (members = new Set()));
  members.add(socket);
  socket.on('close', () => {
    members.delete(socket);
    if (members.size === 0) rooms.delete(roomId);
  });
  socket.send(JSON.stringify({ type: 'joined', id: 'j', data: { roomId } }));
}

function publish({ roomId, message }) {
  const push = { type: 'message', data: { roomId, message, userId: null, userName: null, timestamp: Date.now() } };
  const bytes = Buffer.from(JSON.stringify(push));
  for (const member of rooms.get(roomId) ?? []) {
    if (member.readyState === WebSocket.OPEN) member.send(bytes, { binary: false });
  }
}

sockets.on('connection', (socket, request) => {
  socket.on('error', () => {});
  if (request.url === '/echo') {
    socket.on('message', (bytes) => socket.send(bytes, { binary: false }));
    return;
  }
  socket.on('message', (bytes) => {
    const { type, data } = JSON.parse(bytes);
    if (type === 'join_room') join(socket, data.roomId);
    else if (type === 'message') publish(data);
  });
});

server.listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 });
