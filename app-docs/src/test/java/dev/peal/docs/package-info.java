/** Documents, over whole sessions without sockets. */
@NullMarked
package dev.peal.docs;

import org.jspecify.annotations.NullMarked;
