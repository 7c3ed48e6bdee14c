package org.actium.exports.till;

import org.actium.exports.books.Page;

/** An interface that names a type of a bundle it imports. */
public interface Till {

    Page close(Page page);
}
