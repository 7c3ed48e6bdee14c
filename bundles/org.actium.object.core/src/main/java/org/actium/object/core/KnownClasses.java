package org.actium.object.core;

import java.util.Objects;
import org.actium.codec.api.ClassSpace;
import org.actium.codec.api.ClassSpaces;
import org.actium.codec.api.CodecException;
import org.actium.object.api.CreationException;
import org.actium.object.spi.Stubs;
import org.actium.runtime.api.RuntimeAddress;

/** What calls and creations have to know of classes, found out once for each of them. Any thread. */
final class KnownClasses {

    private final Stubs stubs;
    private final ClassSpaces classSpaces;

    private final ClassValue<CallPlans> plans = new ClassValue<>() {
        @Override
        protected CallPlans computeValue(Class<?> type) {
            CallPlans made = CallPlans.of(type);
            stubs.stub(type, (method, arguments) -> null); // while there is nothing yet that would need one in vain
            return made;
        }
    };
    private final ClassValue<ServantClass> servants = new ClassValue<>() {
        @Override
        protected ServantClass computeValue(Class<?> type) {
            return ServantClass.of(type, stubs);
        }
    };
    private final ClassValue<ImmediateMethods> immediateMethods = new ClassValue<>() {
        @Override
        protected ImmediateMethods computeValue(Class<?> type) {
            return ImmediateMethods.of(type);
        }
    };
    private final ClassValue<MessageScope> scopes = new ClassValue<>() {
        @Override
        protected MessageScope computeValue(Class<?> type) {
            return new MessageScope(type);
        }
    };

    KnownClasses(Stubs stubs, ClassSpaces classSpaces) {
        this.stubs = Objects.requireNonNull(stubs, "stubs");
        this.classSpaces = Objects.requireNonNull(classSpaces, "classSpaces");
    }

    /** How calls through stubs of the type are made. */
    CallPlans plans(Class<?> stubbed) {
        return plans.get(stubbed);
    }

    /** How calls of objects of the class are served. */
    ServantClass servant(Class<?> type) {
        return servants.get(type);
    }

    ImmediateMethods immediateMethods(Class<?> type) {
        return immediateMethods.get(type);
    }

    /** What messages to and from objects of the class may name. */
    MessageScope scope(Class<?> type) {
        return scopes.get(type);
    }

    ClassSpace spaceOf(Class<?> type) {
        return classSpaces.spaceOf(type);
    }

    Class<?> load(ClassSpace space, String className, RuntimeAddress origin) throws ClassNotFoundException {
        return Class.forName(className, false, classSpaces.loader(space, origin));
    }

    /**
     * A class whose methods name classes that its bundle does not see cannot have a stub either.
     *
     * @throws CreationException naming what is missing
     */
    void refuseWhatIsIncomplete(Birth birth) {
        Class<?> type = birth.type();
        try {
            scope(type);
            plans(birth.face());
        } catch (NoClassDefFoundError missing) {
            throw new CreationException(
                    "class " + type.getName() + " of " + spaceOf(type) + " cannot be active: it needs "
                            + missing.getMessage().replace('/', '.') + ", which is missing",
                    missing);
        } catch (IllegalArgumentException | CodecException impossible) {
            throw new CreationException(
                    "class " + type.getName() + " cannot be active: " + impossible.getMessage(), impossible);
        }
    }
}
