// A broadcast room and an echo on Socket.IO: node socketio.js PORT
//
// Settings, after the package's own advice on performance and memory: bufferutil is installed, WebSocket is the only transport, permessage-deflate stays
// off, the bundled client is not served, the first HTTP request is let go of. A broadcast is `io.to(room).emit`, which encodes once for all members.
'use strict';
const http = require('node:http');
const { Server } = require('socket.io');

const server = http.createServer();
const io = new Server(server, { transports: ['websocket'], perMessageDeflate: false, httpCompression: false, serveClient: false });
io.engine.on('connection', (raw) => {
  raw.request = null;
});

io.on('connection', (socket) => {
  socket.on('join_room', ({ roomId }) => {
    socket.join(roomId);
    socket.emit('joined', { roomId });
  });
  socket.on('message', ({ roomId, message }) => {
    io.to(roomId).emit('message', { roomId, message, userId: null, userName: null, timestamp: Date.now() });
  });
  socket.on('echo', (data) => socket.emit('echo', data));
});

server.listen({ port: Number(process.argv[2]), host: '127.0.0.1', backlog: 4096 });
