package org.actium.object.elsewhere;

import java.io.Serializable;
import java.util.ArrayList;

/** What classes of another package inherit. */
public class Foreign implements Serializable {

    private static final long serialVersionUID = 1;

    String packaged() {
        return "";
    }

    final String packagedLast() {
        return "";
    }

    protected String guarded() {
        return "";
    }

    /** Hands out what its package keeps to itself. */
    @SuppressWarnings("exports")
    public static class Giving {
        public Kept kept() {
            return new Kept();
        }

        public Kept[] all() {
            return new Kept[0];
        }
    }

    /** Names what its package keeps to itself, as somebody else must know it. */
    public static class Naming {
        public ArrayList<Kept> kept() {
            return new ArrayList<>();
        }
    }

    /** Not for others. */
    static class Kept {}
}
