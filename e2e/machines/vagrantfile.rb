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

  # trigger.before :up: recorded, and its Ruby with it, which a test can call.
  def trigger
    @values["triggers"] ||= Triggers.new
  end

  def provider(name)
    yield(settings = Settings.new)
    (@values["providers"] ||= {})[name] = settings
  end

  def to_json(...)
    @values.to_json(...)
  end
end

# What a Vagrantfile wants to be done before Vagrant's own actions.
class Triggers
  # One of them; its Ruby is what a block says of it.
  class Trigger
    attr_accessor :name, :action

    def ruby(&block)
      @action = block
    end
  end

  def initialize
    @triggers = []
  end

  def before(*)
    yield(trigger = Trigger.new)
    @triggers << trigger
  end

  def [](name)
    @triggers.find { |trigger| trigger.name == name }.action
  end

  def to_json(...)
    @triggers.map(&:name).to_json(...)
  end
end

module Vagrant
  def self.configure(version)
    raise "configuration version #{version}" unless version == "2"

    yield(@settings = Settings.new)
  end

  def self.settings
    @settings
  end
end

load File.expand_path(ARGV.fetch(0))
puts JSON.pretty_generate(JSON.parse(Vagrant.settings.to_json)) if $PROGRAM_NAME == __FILE__
