/** The market of a whole server: people who trade, and programs that say what happens, over real sockets. */
@NullMarked
package dev.peal.e2e.market;

import org.jspecify.annotations.NullMarked;
