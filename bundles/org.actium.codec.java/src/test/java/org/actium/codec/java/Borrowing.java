package org.actium.codec.java;

import org.actium.codec.java.library.Base;

/** Extends a class of another bundle. */
public class Borrowing extends Base {
    private static final long serialVersionUID = 1;
}
