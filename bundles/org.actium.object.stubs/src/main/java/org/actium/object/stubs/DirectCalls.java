package org.actium.object.stubs;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.actium.object.spi.OpenMembers;
import org.actium.object.spi.StubbedMethods;
import org.actium.object.spi.TypeFacts;

/**
 * Calls methods of a class on its instances, by code that the compiler sees through: a hidden class beside it that
 * implements {@code InvocationHandler}, one instance for each method, which knows its number and switches.
 */
final class DirectCalls {

    private static final String NAME_SUFFIX = "ActiumCalls$";
    private static final String NUMBER = "number";
    private static final ClassDesc HANDLER = StubBytecode.describe(InvocationHandler.class);
    private static final ClassDesc METHOD = StubBytecode.describe(Method.class);
    private static final ClassDesc OBJECT_ARRAY = ConstantDescs.CD_Object.arrayType();
    private static final MethodTypeDesc INVOKE =
            MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object, METHOD, OBJECT_ARRAY);
    private static final MethodTypeDesc ONE =
            MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object, OBJECT_ARRAY);
    private static final MethodTypeDesc MAKE = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);

    private DirectCalls() {}

    /** By signature; without those that code beside the class cannot call. */
    static Map<String, InvocationHandler> of(Class<?> type, Iterable<Method> methods) {
        List<Method> callable = new ArrayList<>();
        for (Method method : methods) {
            if (isWithinReach(type, method)) {
                callable.add(method);
            }
        }
        if (callable.isEmpty() || type.isHidden() || TypeFacts.isOfJdk(type)) {
            return Map.of();
        }
        try {
            MethodHandles.Lookup access = PackageAccess.to(type);
            ClassDesc self = ClassDesc.of(access.lookupClass().getPackageName(), type.getSimpleName() + NAME_SUFFIX);
            Class<?> made = access.defineHiddenClass(generate(self, type, callable), false)
                    .lookupClass();
            Constructor<?> constructor = made.getDeclaredConstructor(int.class);
            constructor.setAccessible(true);
            Map<String, InvocationHandler> calls = new HashMap<>();
            for (int i = 0; i < callable.size(); i++) {
                calls.put(StubbedMethods.signature(callable.get(i)), (InvocationHandler) constructor.newInstance(i));
            }
            return calls;
        } catch (ReflectiveOperationException closed) {
            throw new IllegalArgumentException("class " + type.getName() + " lets nobody into its package", closed);
        }
    }

    /** Whether code beside the class may call it there, and finds the types it names. */
    private static boolean isWithinReach(Class<?> type, Method method) {
        Class<?> declaring = method.getDeclaringClass();
        boolean here = declaring.getPackageName().equals(type.getPackageName())
                && declaring.getClassLoader() == type.getClassLoader();
        return (here || Modifier.isPublic(method.getModifiers()))
                && Stream.concat(Stream.of(method.getReturnType()), Stream.of(method.getParameterTypes()))
                        .allMatch(named -> OpenMembers.isSeenFrom(type, named) && isFoundFrom(type, named));
    }

    private static boolean isFoundFrom(Class<?> type, Class<?> named) {
        Class<?> element = named;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        if (element.isPrimitive() || element.getClassLoader() == type.getClassLoader()) {
            return true;
        }
        try {
            return Class.forName(element.getName(), false, type.getClassLoader()) == element;
        } catch (ClassNotFoundException | LinkageError unseen) {
            return false;
        }
    }

    private static byte[] generate(ClassDesc self, Class<?> type, List<Method> methods) {
        return ClassFile.of().build(self, calls -> {
            calls.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC).withInterfaceSymbols(HANDLER);
            calls.withField(NUMBER, ConstantDescs.CD_int, ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
            calls.withMethodBody(
                    ConstantDescs.INIT_NAME,
                    MAKE,
                    0,
                    code -> code.aload(0)
                            .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                            .aload(0)
                            .iload(1)
                            .putfield(self, NUMBER, ConstantDescs.CD_int)
                            .return_());
            calls.withMethodBody("invoke", INVOKE, ClassFile.ACC_PUBLIC, code -> choose(code, self, methods.size()));
            for (int i = 0; i < methods.size(); i++) {
                one(calls, type, methods.get(i), i);
            }
        });
    }

    /** Each call is a method of its own, so that the switch stays small enough for the compiler to see through. */
    private static void choose(CodeBuilder code, ClassDesc self, int methods) {
        List<SwitchCase> cases = new ArrayList<>();
        for (int i = 0; i < methods; i++) {
            cases.add(SwitchCase.of(i, code.newLabel()));
        }
        Label none = code.newLabel();
        code.aload(0).getfield(self, NUMBER, ConstantDescs.CD_int).tableswitch(0, methods - 1, none, cases);
        for (SwitchCase chosen : cases) {
            code.labelBinding(chosen.target())
                    .aload(1)
                    .aload(3)
                    .invokestatic(self, name(chosen.caseValue()), ONE)
                    .areturn();
        }
        code.labelBinding(none).aconst_null().areturn();
    }

    private static String name(int number) {
        return "call" + number;
    }

    private static void one(ClassBuilder calls, Class<?> type, Method method, int number) {
        MethodTypeDesc shape = MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .describeConstable()
                .orElseThrow();
        ClassDesc called = StubBytecode.describe(type);
        calls.withMethodBody(name(number), ONE, ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, code -> {
            code.aload(0).checkcast(called);
            Class<?>[] parameters = method.getParameterTypes();
            for (int i = 0; i < parameters.length; i++) {
                code.aload(1).loadConstant(i).aaload();
                unbox(code, parameters[i]);
            }
            if (type.isInterface()) {
                code.invokeinterface(called, method.getName(), shape);
            } else {
                code.invokevirtual(called, method.getName(), shape);
            }
            box(code, method.getReturnType());
            code.areturn();
        });
    }

    private static void unbox(CodeBuilder code, Class<?> wanted) {
        if (wanted.isPrimitive()) {
            ClassDesc box = boxOf(wanted);
            code.checkcast(box)
                    .invokevirtual(box, wanted.getName() + "Value", MethodTypeDesc.of(StubBytecode.describe(wanted)));
        } else if (wanted != Object.class) {
            code.checkcast(StubBytecode.describe(wanted));
        }
    }

    private static void box(CodeBuilder code, Class<?> given) {
        if (given == void.class) {
            code.aconst_null();
        } else if (given.isPrimitive()) {
            ClassDesc box = boxOf(given);
            code.invokestatic(box, "valueOf", MethodTypeDesc.of(box, StubBytecode.describe(given)));
        }
    }

    private static ClassDesc boxOf(Class<?> primitive) {
        return StubBytecode.describe(MethodType.methodType(primitive).wrap().returnType());
    }
}
