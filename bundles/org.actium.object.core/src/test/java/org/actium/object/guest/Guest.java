package org.actium.object.guest;

import java.io.Serializable;
import java.util.List;

/** What a test puts into a bundle of its own, which imports nothing. */
public class Guest implements Serializable {

    private static final long serialVersionUID = 1;

    /** An argument and a result of its own. */
    public static class Gift implements Serializable {
        private static final long serialVersionUID = 1;
        private final String text;

        public Gift(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** A failure of its own. */
    public static class Offended extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** What it can be called as. */
    public interface Visitor {
        String greet(Gift gift);
    }

    /** Cannot be extended. */
    public static final class Stranger implements Visitor, Serializable {
        private static final long serialVersionUID = 1;

        @Override
        public String greet(Gift gift) {
            return "stranger with " + gift.text();
        }
    }

    public Gift exchange(Gift gift) {
        return new Gift("thanks for " + gift.text());
    }

    public List<Gift> all(Gift gift) {
        return List.of(gift, gift);
    }

    public String offend() {
        throw new Offended();
    }

    protected String secret() {
        return "secret";
    }

    /** Uses a stub of this class, and one of the other, as a program would. */
    public static String use(Guest stub, Visitor visitor) {
        try {
            stub.offend();
        } catch (Offended told) {
            return stub.exchange(new Gift("a flower")).text() + ", "
                    + stub.all(new Gift("x")).size() + ", " + stub.secret() + ", " + visitor.greet(new Gift("nothing"));
        }
        return "nobody was offended";
    }
}
