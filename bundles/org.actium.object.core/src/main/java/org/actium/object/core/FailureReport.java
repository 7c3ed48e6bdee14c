package org.actium.object.core;

import java.io.Serializable;

/** What is left of a throwable where the throwable itself cannot be read: written beside it. */
record FailureReport(String description, StackTraceElement[] trace) implements Serializable {}
