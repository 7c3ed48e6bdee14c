package org.actium.object.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.actium.object.api.ActiveContext;
import org.actium.object.api.EndActive;
import org.actium.object.api.InitActive;
import org.junit.Test;

public class ActivityTest {

    private static final ActiveContext NOBODY = null; // nothing here asks it anything

    private final List<String> done = new ArrayList<>();

    private class Ending implements EndActive {
        @Override
        public void endActivity(ActiveContext context) {
            done.add("end");
        }
    }

    private class Beginning extends Ending implements InitActive {
        @Override
        public void initActivity(ActiveContext context) {
            done.add("init");
        }
    }

    private class Failing extends Ending implements InitActive {
        @Override
        public void initActivity(ActiveContext context) {
            throw new IllegalStateException("planted");
        }
    }

    private static Activity of(Object servant) {
        return Activity.of(Optional.empty(), servant);
    }

    @Test
    public void whatHasBegunIsToldOfItsEnd() {
        Activity activity = of(new Beginning());

        activity.init(NOBODY);
        activity.end(NOBODY);

        assertThat(done).containsExactly("init", "end");
    }

    @Test
    public void whatDidNotBeginIsNotToldOfItsEnd() {
        of(new Beginning()).end(NOBODY);

        assertThat(done).isEmpty();
    }

    @Test
    public void whatFailedToBeginIsNotToldOfItsEnd() {
        Activity activity = of(new Failing());
        assertThatThrownBy(() -> activity.init(NOBODY)).hasMessage("planted");

        activity.end(NOBODY);

        assertThat(done).isEmpty();
    }

    @Test
    public void whatHasNoBeginningActsAtItsEndInAnyCase() {
        of(new Ending()).end(NOBODY);

        assertThat(done).containsExactly("end");
    }
}
