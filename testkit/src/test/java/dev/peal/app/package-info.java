/** The application port, over whole sessions without sockets. */
@NullMarked
package dev.peal.app;

import org.jspecify.annotations.NullMarked;
