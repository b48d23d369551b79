@NullMarked
package dev.peal.client.outbox;

import org.jspecify.annotations.NullMarked;
