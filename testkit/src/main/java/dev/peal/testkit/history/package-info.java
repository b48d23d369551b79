/**
 * What clients did and saw, and whether it can be so: a checker in the way of Jepsen's log tests. Pure; knows neither sockets nor servers.
 *
 * <p>Every payload of a history is sent by one publish alone, so that a payload names its publish.
 */
@NullMarked
package dev.peal.testkit.history;

import org.jspecify.annotations.NullMarked;
