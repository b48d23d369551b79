/** What the market's tests share: {@link dev.peal.market.Seeded}. */
@NullMarked
package dev.peal.market;

import org.jspecify.annotations.NullMarked;
