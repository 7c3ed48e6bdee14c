package org.actium.exports.shop;

/** An interface whose methods name nothing of what they bring. */
public interface Shop {

    Object counter(String name);
}
