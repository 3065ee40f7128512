# Evaluates a Vagrantfile without Vagrant and prints what it asks for as JSON: ruby vagrantfile.rb FILE
#
# Every setting is recorded under the name that the Vagrantfile gives it, so that a test can compare values.

require "json"

# One `config`, `node` or `vb` of a Vagrantfile.
class Settings
  attr_reader :values

  def initialize
    @values = {}
  end

  # vm.box = "...", vb.cpus = 2: a setting; vm.network "...", vb.customize [...]: a list of calls.
  def method_missing(name, *arguments, **options)
    if name.end_with?("=")
      @values[name.to_s.delete_suffix("=")] = arguments.first
    else
      (@values[name.to_s] ||= []) << arguments + (options.empty? ? [] : [options])
    end
  end

  def respond_to_missing?(*)
    true
  end

  def vm
    @values["vm"] ||= Settings.new
  end

  def define(name)
    block_given? or raise "#{name} has no block"
    yield(machine = Settings.new)
    (@values["machines"] ||= {})[name] = machine
  end

  def provider(name)
    yield(settings = Settings.new)
    (@values["providers"] ||= {})[name] = settings
  end

  def to_json(...)
    @values.to_json(...)
  end
end

module Vagrant
  def self.configure(version)
    raise "configuration version #{version}" unless version == "2"

    yield(config = Settings.new)
    puts JSON.pretty_generate(JSON.parse(config.to_json))
  end
end

load File.expand_path(ARGV.fetch(0))
