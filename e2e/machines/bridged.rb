# Does a bridged Vagrantfile refuse a computer without its bridge, and copy what is there? ruby bridged.rb VAGRANTFILE
#
# Vagrant's classes are stand-ins; the Vagrantfile's own Ruby runs.

require_relative "vagrantfile"

module Vagrant
  module Errors
    # As in Vagrant's lib/vagrant/errors.rb: a text that is given to it is not shown.
    class VagrantError < StandardError
      def initialize(*)
        super(error_message)
      end

      def error_message = "No error message"
    end
  end
end

# A machine whose provider knows these interfaces.
def machine(*names)
  driver = Struct.new(:read_bridged_interfaces).new(names.map { |name, status = "Up"| { name: name, status: status } })
  Struct.new(:provider).new(Struct.new(:driver).new(driver))
end

config = Vagrant.settings
vm = config.values["vm"].values
bridges = vm["machines"].values.first.vm.values["network"].first.last[:bridge]
check = config.values["triggers"]["bridge"]

check.call(nil, machine("lo", bridges.last.upcase))
begin
  check.call(nil, machine("eth7", "eth8", [bridges.last, "Down"]))
  abort "a computer without #{bridges} is taken"
rescue Vagrant::Errors::VagrantError => error
  abort "the error is: #{error}" unless error.message.include?(bridges.first) && error.message.include?("eth7, eth8")
end

sources = vm["machines"].values.flat_map { |one| one.vm.values["provision"] }.filter_map { |call| call.last[:source] if call.first == "file" }
abort "nothing is copied" if sources.empty?
missing = sources.reject { |source| File.file?(source) }
abort "there is no #{missing.join(", ")}" unless missing.empty?
puts "bridged Vagrantfile: a missing bridge is refused, #{sources.size} files are copied"
