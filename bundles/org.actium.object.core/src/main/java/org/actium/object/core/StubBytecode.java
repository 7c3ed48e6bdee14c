package org.actium.object.core;

import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The bytes of a stub class. Each overridden method boxes its arguments into an array and calls, through a method handle
 * that is a constant to the compiler, {@code dispatch(handler, index, arguments)}. The bytes name types of the JDK and of
 * the overridden signatures only.
 */
final class StubBytecode {

    static final String NAME_SUFFIX = "ActiumStub$";
    static final String HANDLER_FIELD = "actium$handler";
    static final String SHAPE_METHOD = "actium$shape";

    private static final ClassDesc OBJECT_ARRAY = ConstantDescs.CD_Object.arrayType();
    private static final MethodTypeDesc DISPATCH =
            MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_Object, ConstantDescs.CD_int, OBJECT_ARRAY);

    private StubBytecode() {}

    static byte[] generate(Class<?> stubbed, String packageName, List<Method> overridden) {
        ClassDesc self = ClassDesc.of(packageName, stubbed.getSimpleName() + NAME_SUFFIX);
        return ClassFile.of().build(self, stub -> {
            stub.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SYNTHETIC);
            if (stubbed.isInterface()) {
                stub.withSuperclass(ConstantDescs.CD_Object).withInterfaceSymbols(describe(stubbed));
            } else {
                stub.withSuperclass(describe(stubbed));
            }
            stub.withField(
                    HANDLER_FIELD,
                    ConstantDescs.CD_Object,
                    ClassFile.ACC_PRIVATE | ClassFile.ACC_TRANSIENT | ClassFile.ACC_SYNTHETIC);
            stub.withMethodBody(
                    SHAPE_METHOD,
                    MethodTypeDesc.of(ConstantDescs.CD_Object),
                    ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                    code -> code.ldc(classData(0, Object.class)).areturn());
            for (int i = 0; i < overridden.size(); i++) {
                override(stub, self, overridden.get(i), i);
            }
            answerForItself(stub, stubbed);
            if (Serializable.class.isAssignableFrom(stubbed)) {
                refuseToBeWritten(stub, stubbed);
            }
        });
    }

    private static void override(ClassBuilder stub, ClassDesc self, Method method, int index) {
        MethodTypeDesc type = MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .describeConstable()
                .orElseThrow();
        int access = method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED);
        stub.withMethodBody(method.getName(), type, access | ClassFile.ACC_FINAL, code -> {
            code.ldc(classData(1, MethodHandle.class));
            code.aload(0).getfield(self, HANDLER_FIELD, ConstantDescs.CD_Object);
            code.loadConstant(index);
            boxArguments(code, method.getParameterTypes());
            code.invokevirtual(ConstantDescs.CD_MethodHandle, "invokeExact", DISPATCH);
            returnUnboxed(code, method.getReturnType());
        });
    }

    /** A stub has nothing to finalize, and is what it is to serialization, whatever its type wants for its own objects. */
    private static void answerForItself(ClassBuilder stub, Class<?> stubbed) {
        Set<String> done = new HashSet<>();
        for (Method method : StubbedMethods.inherited(stubbed)) {
            if (StubbedMethods.isOfTheStubItself(method) && done.add(method.getName())) {
                int access = method.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED);
                MethodTypeDesc type = MethodTypeDesc.of(describe(method.getReturnType()));
                stub.withMethodBody(method.getName(), type, access, code -> {
                    if (StubbedMethods.isFinalize(method)) {
                        code.return_();
                    } else {
                        code.aload(0).areturn();
                    }
                });
            }
        }
    }

    /** Actium's streams replace stubs before they come to this; what others wrote, nobody could read. */
    private static void refuseToBeWritten(ClassBuilder stub, Class<?> stubbed) {
        ClassDesc refusal = describe(NotSerializableException.class);
        MethodTypeDesc type = MethodTypeDesc.of(ConstantDescs.CD_void, describe(ObjectOutputStream.class));
        stub.withMethodBody("writeObject", type, ClassFile.ACC_PRIVATE | ClassFile.ACC_SYNTHETIC, code -> {
            code.new_(refusal).dup();
            code.ldc("stub or future of " + stubbed.getName()
                    + ": only Actium passes it on; write the value that Futures.value gives, or a name");
            code.invokespecial(
                    refusal,
                    ConstantDescs.INIT_NAME,
                    MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String));
            code.athrow();
        });
    }

    private static void boxArguments(CodeBuilder code, Class<?>[] parameters) {
        code.loadConstant(parameters.length).anewarray(ConstantDescs.CD_Object);
        for (int i = 0; i < parameters.length; i++) {
            Class<?> parameter = parameters[i];
            code.dup().loadConstant(i);
            code.loadLocal(TypeKind.from(parameter), code.parameterSlot(i));
            if (parameter.isPrimitive()) {
                ClassDesc box = describe(MethodType.methodType(parameter).wrap().returnType());
                code.invokestatic(box, "valueOf", MethodTypeDesc.of(box, describe(parameter)));
            }
            code.aastore();
        }
    }

    private static void returnUnboxed(CodeBuilder code, Class<?> result) {
        if (result == void.class) {
            code.pop().return_();
        } else if (result.isPrimitive()) {
            ClassDesc box = describe(MethodType.methodType(result).wrap().returnType());
            code.checkcast(box).invokevirtual(box, result.getName() + "Value", MethodTypeDesc.of(describe(result)));
            code.return_(TypeKind.from(result));
        } else {
            code.checkcast(describe(result)).areturn();
        }
    }

    private static ConstantDesc classData(int position, Class<?> type) {
        DirectMethodHandleDesc bootstrap = MethodHandleDesc.ofMethod(
                DirectMethodHandleDesc.Kind.STATIC,
                describe(MethodHandles.class),
                "classDataAt",
                MethodTypeDesc.of(
                        ConstantDescs.CD_Object,
                        ConstantDescs.CD_MethodHandles_Lookup,
                        ConstantDescs.CD_String,
                        ConstantDescs.CD_Class,
                        ConstantDescs.CD_int));
        return DynamicConstantDesc.ofNamed(bootstrap, ConstantDescs.DEFAULT_NAME, describe(type), position);
    }

    private static ClassDesc describe(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }
}
