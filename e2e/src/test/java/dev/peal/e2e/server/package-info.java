/** The whole server over real sockets: what it promises under load, under attack, and about secrets. */
@NullMarked
package dev.peal.e2e.server;

import org.jspecify.annotations.NullMarked;
