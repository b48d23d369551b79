package dev.peal.docs;

import org.jspecify.annotations.Nullable;

/** Who wrote something, as others see it. Either is null where it is not known. */
record Author(@Nullable String userId, @Nullable String userName) {}
