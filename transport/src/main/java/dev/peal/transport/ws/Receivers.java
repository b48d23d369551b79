package dev.peal.transport.ws;

import java.net.InetAddress;

/** Makes the receivers of a server's connections. */
@FunctionalInterface
public interface Receivers {
    /**
     * A connection is open. Called on its event loop; may write to the connection and close it at once.
     *
     * @param target the path of the request, and the query behind it
     * @param client the client's address, as far as it is known for certain
     * @param loop the number of the event loop within its group, from 0
     */
    Receiver open(WebSocketHandler connection, Target target, InetAddress client, int loop);
}
