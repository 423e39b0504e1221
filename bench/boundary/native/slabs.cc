// Bytes to JavaScript in slabs that come back, as the engine's batches go, or in new memory each time.
#include <cstring>
#include <vector>

#include "binding/arguments.h"
#include "engine/batches/slab_pool.h"
#include "suites.h"

namespace hashlane::boundary {
namespace {

class Slabs : public Napi::ObjectWrap<Slabs> {
 public:
  static Napi::Function constructor(Napi::Env env) {
    return DefineClass(env, "Slabs",
                       {InstanceMethod<&Slabs::fill>("fill"), InstanceMethod<&Slabs::release>("release"),
                        InstanceMethod<&Slabs::make>("make"), InstanceMethod<&Slabs::fill_this>("fillThis")});
  }

  /// new Slabs(memory, slabBytes)
  explicit Slabs(const Napi::CallbackInfo& info)
      : Napi::ObjectWrap<Slabs>(info),
        held_(Napi::Reference<Napi::Value>::New(info[0], 1)),
        stats_(engine_slot::kEventCount + 1),
        pool_(bytes_of(info[0]), integer_of(info[1]), StatsRegion(stats_.data())),
        source_(integer_of(info[1]), std::byte{0x5a}) {}

 private:
  [[nodiscard]] std::size_t length_of(const Napi::Value& value) const {
    const std::uint64_t length = integer_of(value);
    if (length > source_.size()) throw Napi::RangeError::New(value.Env(), "A slab is not that long");
    return length;
  }

  Napi::Value fill(const Napi::CallbackInfo& info) {
    const std::size_t length = length_of(info[0]);
    const auto slab = pool_.try_acquire();
    if (!slab) throw Napi::Error::New(info.Env(), "No slab is free");
    std::memcpy(pool_.bytes(*slab).data(), source_.data(), length);
    return Napi::Number::New(info.Env(), *slab);
  }
  void release(const Napi::CallbackInfo& info) { pool_.release(static_cast<std::uint32_t>(integer_of(info[0]))); }

  Napi::Value make(const Napi::CallbackInfo& info) {
    const std::size_t length = length_of(info[0]);
    Napi::ArrayBuffer made = Napi::ArrayBuffer::New(info.Env(), length);
    std::memcpy(made.Data(), source_.data(), length);
    return made;
  }
  void fill_this(const Napi::CallbackInfo& info) {
    const auto target = bytes_of(info[0]);
    if (target.size() > source_.size()) throw Napi::RangeError::New(info.Env(), "A slab is not that long");
    std::memcpy(target.data(), source_.data(), target.size());
  }

  /// Keeps the memory alive.
  const Napi::Reference<Napi::Value> held_;
  std::vector<std::uint64_t> stats_;
  SlabPool pool_;
  const std::vector<std::byte> source_;
};

}  // namespace

void add_slabs(Napi::Env env, Napi::Object exports) { exports["Slabs"] = Slabs::constructor(env); }

}  // namespace hashlane::boundary
