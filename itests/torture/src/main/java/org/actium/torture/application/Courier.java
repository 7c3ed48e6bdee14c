package org.actium.torture.application;

import java.io.Serializable;

/** An active object that appends for others: what it sends leaves an object that is recovered for another one. */
public class Courier implements Serializable {

    private static final long serialVersionUID = 1;

    private GrowingList list;
    private int delivered;

    /** @return true: who waits for it knows that others are not ahead */
    public boolean deliverTo(GrowingList to) {
        list = to;
        return true;
    }

    /** @return how many it has delivered */
    public int append(long number) {
        list.append(number);
        return ++delivered;
    }
}
