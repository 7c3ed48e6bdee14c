package org.actium.exports.desk;

import org.actium.exports.books.Ledger;
import org.actium.exports.shop.Shop;

/** In a bundle of its own it sees what the interface does not. */
public final class Desk implements Shop {

    @Override
    public Object counter(String name) {
        return Ledger.class;
    }
}
