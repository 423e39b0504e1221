// Calls for what the product has as values that are made once and read where they lie.
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "binding/arguments.h"
#include "contract/contract.h"
#include "suites.h"

namespace hashlane::boundary {
namespace {

Napi::Value empty(const Napi::CallbackInfo& info) { return info.Env().Undefined(); }

Napi::Value version(const Napi::CallbackInfo& info) { return Napi::String::New(info.Env(), "0.1.0"); }

Napi::Value layout_version(const Napi::CallbackInfo& info) {
  return Napi::Number::New(info.Env(), kBatchLayoutVersion);
}

Napi::Value algorithm_names(const Napi::CallbackInfo& info) {
  const Napi::Env env = info.Env();
  Napi::Array names = Napi::Array::New(env, std::size(kAlgorithms));
  std::uint32_t at = 0;
  for (const AlgorithmInfo& algorithm : kAlgorithms) names[at++] = Napi::String::New(env, algorithm.name);
  return names;
}

/// nameLookup(names): a function that gives the name with a number.
Napi::Value name_lookup(const Napi::CallbackInfo& info) {
  const Napi::Array given = info[0].As<Napi::Array>();
  auto names = std::make_shared<std::vector<std::string>>();
  for (std::uint32_t at = 0; at < given.Length(); ++at) names->push_back(given.Get(at).As<Napi::String>());
  return Napi::Function::New(info.Env(), [names](const Napi::CallbackInfo& call) -> Napi::Value {
    const std::uint64_t number = integer_of(call[0]);
    if (number >= names->size()) throw Napi::RangeError::New(call.Env(), "There is no such name");
    return Napi::String::New(call.Env(), (*names)[number]);
  });
}

/// Some slots of each region, by name.
struct RegionTable {
  std::string name;
  std::size_t start, size, count;
  std::vector<std::pair<std::string, std::size_t>> slots;
};

/// The stats block as an object that is made natively: numbers of every region whose second slot (kind, state, …) is
/// in use, by the names that JavaScript gave.
class StatsObject {
 public:
  StatsObject(const Napi::Value& block, const Napi::Array& tables) {
    const auto bytes = bytes_of(block);
    slots_ = {reinterpret_cast<const std::uint64_t*>(bytes.data()), bytes.size() / sizeof(std::uint64_t)};
    for (std::uint32_t at = 0; at < tables.Length(); ++at) {
      const Napi::Object table = tables.Get(at).As<Napi::Object>();
      RegionTable made{table.Get("name").As<Napi::String>(),
                       integer_of(table.Get("start")),
                       integer_of(table.Get("size")),
                       integer_of(table.Get("count")),
                       {}};
      const Napi::Object slots = table.Get("slots").As<Napi::Object>();
      const Napi::Array names = slots.GetPropertyNames();
      for (std::uint32_t slot = 0; slot < names.Length(); ++slot) {
        made.slots.emplace_back(names.Get(slot).As<Napi::String>(), integer_of(slots.Get(names.Get(slot))));
      }
      tables_.push_back(std::move(made));
    }
  }

  [[nodiscard]] Napi::Value read(Napi::Env env) const {
    Napi::Object reading = Napi::Object::New(env);
    for (const RegionTable& table : tables_) {
      if (table.count == 1) {
        reading[table.name] = region(env, table, table.start);
        continue;
      }
      Napi::Array list = Napi::Array::New(env);
      for (std::size_t index = 0; index < table.count; ++index) {
        const std::size_t base = table.start + index * table.size;
        if (slots_[base + 1] != 0) list[list.Length()] = region(env, table, base);
      }
      reading[table.name] = list;
    }
    return reading;
  }

 private:
  [[nodiscard]] Napi::Object region(Napi::Env env, const RegionTable& table, std::size_t base) const {
    Napi::Object object = Napi::Object::New(env);
    for (const auto& [name, slot] : table.slots) {
      object.Set(name, Napi::Number::New(env, static_cast<double>(slots_[base + slot])));
    }
    return object;
  }

  std::span<const std::uint64_t> slots_;
  std::vector<RegionTable> tables_;
};

/// statsReader(block, tables): a function that builds the whole reading. The block must outlive it.
Napi::Value stats_reader(const Napi::CallbackInfo& info) {
  const auto stats = std::make_shared<StatsObject>(info[0], info[1].As<Napi::Array>());
  return Napi::Function::New(info.Env(), [stats](const Napi::CallbackInfo& call) { return stats->read(call.Env()); });
}

/// statsSlot(block, slot): one number, by a call.
Napi::Value stats_slot(const Napi::CallbackInfo& info) {
  const auto bytes = bytes_of(info[0]);
  const std::uint64_t slot = integer_of(info[1]);
  if (slot >= bytes.size() / sizeof(std::uint64_t)) throw Napi::RangeError::New(info.Env(), "There is no such slot");
  return Napi::Number::New(info.Env(), static_cast<double>(reinterpret_cast<const std::uint64_t*>(bytes.data())[slot]));
}

}  // namespace

void add_calls(Napi::Env env, Napi::Object exports) {
  exports["empty"] = Napi::Function::New<empty>(env, "empty");
  exports["version"] = Napi::Function::New<version>(env, "version");
  exports["layoutVersion"] = Napi::Function::New<layout_version>(env, "layoutVersion");
  exports["algorithmNames"] = Napi::Function::New<algorithm_names>(env, "algorithmNames");
  exports["nameLookup"] = Napi::Function::New<name_lookup>(env, "nameLookup");
  exports["statsReader"] = Napi::Function::New<stats_reader>(env, "statsReader");
  exports["statsSlot"] = Napi::Function::New<stats_slot>(env, "statsSlot");
}

}  // namespace hashlane::boundary
