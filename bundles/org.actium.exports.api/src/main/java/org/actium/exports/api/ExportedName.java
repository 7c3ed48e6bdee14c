package org.actium.exports.api;

import java.io.Serializable;

/**
 * A name under which an object is exported.
 *
 * @param contract name of the interface
 */
public record ExportedName(String name, String url, String contract) implements Serializable {}
