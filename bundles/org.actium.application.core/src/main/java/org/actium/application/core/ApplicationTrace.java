package org.actium.application.core;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Takes out of an exception what called {@code main}: of no use to those who wrote the application. */
final class ApplicationTrace {

    private final String mainClass;
    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    ApplicationTrace(String mainClass) {
        this.mainClass = mainClass;
    }

    /** Cuts the stack of the exception, and of all that hang on it, below {@code main}. */
    <T extends Throwable> T cut(T thrown) {
        if (thrown != null && seen.add(thrown)) {
            thrown.setStackTrace(upToMain(thrown.getStackTrace()));
            cut(thrown.getCause());
            for (Throwable suppressed : thrown.getSuppressed()) {
                cut(suppressed);
            }
        }
        return thrown;
    }

    private StackTraceElement[] upToMain(StackTraceElement[] stack) {
        for (int i = stack.length - 1; i >= 0; i--) {
            if (stack[i].getMethodName().equals("main")
                    && stack[i].getClassName().equals(mainClass)) {
                return Arrays.copyOf(stack, i + 1);
            }
        }
        return stack;
    }
}
