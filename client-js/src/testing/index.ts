export { FakeDocument } from './fakeDocument.js';
export { FakeRoom } from './fakeRoom.js';
export { FakeServer, type RestartOptions } from './fakeServer.js';
export { FakeSocket } from './fakeSocket.js';
export { seeded } from './random.js';
export { VirtualClock } from './virtualClock.js';
