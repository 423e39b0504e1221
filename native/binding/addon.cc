// The addon's table of contents: constants that never change while it is loaded, as frozen values,
// and the Engine class. Values from JavaScript were checked by main/engine/native-engine.ts.
#include <napi.h>

#include "binding/arguments.h"
#include "binding/engine_object.h"
#include "binding/speed_worker.h"
#include "kernels/hasher.h"
#include "kernels/kernels_choice.h"
#include "kernels/lanes/lane_kernel.h"

namespace hashlane {
namespace {

/// The lanes that small files are hashed in, or null.
Napi::Value lanes_of(Napi::Env env, AlgorithmId algorithm) {
  const LaneKernel* kernel = coded(env, [algorithm] { return lane_kernel(algorithm); });
  if (kernel == nullptr) return env.Null();
  Napi::Object lanes = Napi::Object::New(env);
  lanes["target"] = Napi::String::New(env, kernel->target());
  lanes["count"] = Napi::Number::New(env, static_cast<double>(kernel->lanes()));
  lanes.Freeze();
  return lanes;
}

/// Asked for rather than made ready: the lane kernels of all algorithms are measured for it.
Napi::Value kernel_table(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  Napi::Array table = Napi::Array::New(env);
  for (const KernelInfo& kernel : coded(env, [] { return std::span(kernels()); })) {
    Napi::Object row = Napi::Object::New(env);
    row["algorithm"] = Napi::String::New(env, kAlgorithms[static_cast<std::size_t>(kernel.algorithm)].name);
    row["implementation"] = Napi::String::New(env, kernel.implementation);
    row["lanes"] = lanes_of(env, kernel.algorithm);
    row["selfTest"] = Napi::String::New(env, kernel.self_test_passed ? "passed" : "failed");
    row.Freeze();
    table[table.Length()] = row;
  }
  table.Freeze();
  return table;
}

/// What HASHLANE_KERNELS says and may say, see kernels/kernels_choice.h.
Napi::Object kernels_choice_table(Napi::Env env) {
  Napi::Array allowed = Napi::Array::New(env);
  for (const std::string& name : kernels_choices()) allowed[allowed.Length()] = Napi::String::New(env, name);
  allowed.Freeze();
  Napi::Object table = Napi::Object::New(env);
  table["asked"] = Napi::String::New(env, kernels_choice());
  table["valid"] = Napi::Boolean::New(env, kernels_choice_valid());
  table["allowed"] = allowed;
  table.Freeze();
  return table;
}

Napi::Array algorithm_table(Napi::Env env) {
  Napi::Array table = Napi::Array::New(env);
  for (const AlgorithmInfo& algorithm : kAlgorithms) {
    Napi::Object row = Napi::Object::New(env);
    row["id"] = Napi::Number::New(env, algorithm.id);
    row["name"] = Napi::String::New(env, algorithm.name);
    row["digestLength"] = Napi::Number::New(env, algorithm.digest_length);
    table[table.Length()] = row;
  }
  return table;
}

/// alignmentOf(bytes): how far the array's first byte is from a multiple of 64.
Napi::Value alignment_of(const Napi::CallbackInfo& info) {
  const auto address = reinterpret_cast<std::uintptr_t>(bytes_of(info[0]).data());
  return Napi::Number::New(info.Env(), static_cast<double>(address % 64));
}

Napi::Object initialize(Napi::Env env, Napi::Object exports) {
  Napi::Array cpu = Napi::Array::New(env);
  for (const std::string& feature : cpu_features()) cpu[cpu.Length()] = Napi::String::New(env, feature);
  cpu.Freeze();
  exports["version"] = Napi::String::New(env, HASHLANE_VERSION);
  exports["batchLayoutVersion"] = Napi::Number::New(env, kBatchLayoutVersion);
  exports["statsSlots"] = Napi::Number::New(env, static_cast<double>(kStatsSlots));
  exports["cpu"] = cpu;
  exports["kernels"] = Napi::Function::New<kernel_table>(env, "kernels");
  exports["kernelsChoice"] = kernels_choice_table(env);
  exports["algorithms"] = algorithm_table(env);
  exports["alignmentOf"] = Napi::Function::New<alignment_of>(env, "alignmentOf");
  exports["measureSpeed"] = Napi::Function::New<measure_speed_async>(env, "measureSpeed");
  exports["Engine"] = EngineObject::constructor(env);
  exports.Freeze();
  return exports;
}

}  // namespace
}  // namespace hashlane

Napi::Object hashlane_initialize(Napi::Env env, Napi::Object exports) { return hashlane::initialize(env, exports); }
NODE_API_MODULE(hashlane, hashlane_initialize)
