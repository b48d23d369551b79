/**
 * JSON as a client reads and writes it. Pure; never throws for what somebody else wrote.
 */
@NullMarked
package dev.peal.client.json;

import org.jspecify.annotations.NullMarked;
