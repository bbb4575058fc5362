# Memory by method, published above ours; ours stacked by category. Data: figure-3.dat
set terminal svg size 860,1020 font 'Arial,13' background '#ffffff'
set encoding utf8
set output 'figure-3.svg'
set multiplot
unset key
set border 1 lc rgb '#444444'
set tics nomirror
set grid xtics lc rgb '#dddddd' lt 1
unset ytics
set label 901 'Memory of training LLaMA models, batch of one row of 256 tokens' at screen 0.01628,0.98039 font ',15'
set object 902 rectangle from screen 0.01628,0.95098 to screen 0.04186,0.96275 fc rgb '#0072B2' fs solid noborder front
set label 902 'weights' at screen 0.04884,0.95686 font ',12' left
set object 904 rectangle from screen 0.12581,0.95098 to screen 0.15140,0.96275 fc rgb '#000000' fs solid noborder front
set label 904 'sparse index' at screen 0.15837,0.95686 font ',12' left
set object 906 rectangle from screen 0.27372,0.95098 to screen 0.29930,0.96275 fc rgb '#A6D8F5' fs solid noborder front
set label 906 'gradients' at screen 0.30628,0.95686 font ',12' left
set object 908 rectangle from screen 0.39860,0.95098 to screen 0.42419,0.96275 fc rgb '#D55E00' fs solid noborder front
set label 908 'optimizer state' at screen 0.43116,0.95686 font ',12' left
set object 910 rectangle from screen 0.56953,0.95098 to screen 0.59512,0.96275 fc rgb '#F3C45B' fs solid noborder front
set label 910 'projector' at screen 0.60209,0.95686 font ',12' left
set object 912 rectangle from screen 0.69442,0.95098 to screen 0.72000,0.96275 fc rgb '#7FD1B5' fs solid noborder front
set label 912 'activations' at screen 0.72698,0.95686 font ',12' left
set object 914 rectangle from screen 0.83465,0.95098 to screen 0.86023,0.96275 fc rgb '#8F3B6B' fs solid noborder front
set label 914 'workspace' at screen 0.86721,0.95686 font ',12' left
set object 916 rectangle from screen 0.01628,0.93137 to screen 0.04186,0.94314 fc rgb '#ffffff' fs solid border lc rgb '#444444' front
set label 916 'published' at screen 0.04884,0.93725 font ',12' left
set object 918 rectangle from screen 0.14116,0.93137 to screen 0.16674,0.94314 fc rgb '#777777' fs solid noborder front
set object 919 rectangle from screen 0.14116,0.93137 to screen 0.16674,0.94314 fc rgb '#ffffff' fs transparent pattern 5 noborder front
set label 918 'here, predicted and not run' at screen 0.17372,0.93725 font ',12' left
set lmargin at screen 0.31616; set rmargin at screen 0.87209
set bmargin at screen 0.66275; set tmargin at screen 0.88824
set label 101 '350M' at screen 0.01628,0.90196 font ',14'
set xlabel 'Memory (G = 10⁹ bytes)' offset 0,0.4 font ',12'
set xrange [0:4.59]; set yrange [5:0]
set xtics ('0' 0.0, '1' 1.0, '2' 2.0, '3' 3.0, '4' 4.0)
set label 1 'Adam' at screen 0.30453,0.86569 right
set label 201 '3.27' at 3.274046464,0.65 left offset 0.4,0 font ',11' front
set label 301 '4.5' at 4.5,0.27 left offset 0.4,0 font ',11' textcolor rgb '#555555' front
set label 2 '8-bit Adam, per layer' at screen 0.30453,0.82059 right
set label 202 '1.87' at 1.869443584,1.65 left offset 0.4,0 font ',11' front
set label 302 '3.5' at 3.5,1.27 left offset 0.4,0 font ',11' textcolor rgb '#555555' front
set label 3 '8-bit GaLore, per layer' at screen 0.30453,0.77549 right
set label 203 '1.50' at 1.503063424,2.65 left offset 0.4,0 font ',11' front
set label 303 '3.1' at 3.1,2.27 left offset 0.4,0 font ',11' textcolor rgb '#555555' front
set label 4 '8-bit SLTrain, per layer' at screen 0.30453,0.73039 right
set label 204 '1.19' at 1.193223568,3.65 left offset 0.4,0 font ',11' front
set label 304 '2.2' at 2.2,3.27 left offset 0.4,0 font ',11' textcolor rgb '#555555' front
set label 5 '8-bit SLTrain, factored, checkpointed' at screen 0.30453,0.68529 right
set label 205 '0.93' at 0.93252136,4.65 left offset 0.4,0 font ',11' front
plot 'figure-3.dat' index 0 using (0):($0+0.14):(0):($2/1000000000.0):($0+0.14):($0+0.4) with boxxyerror fc rgb '#ffffff' fs solid border lc rgb '#444444', \
  'figure-3.dat' index 0 using ((0)/1000000000.0):($0+0.44):((0)/1000000000.0):((0+$5)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#0072B2' fs solid border lc rgb '#ffffff' lw 0.8, \
  'figure-3.dat' index 0 using ((0+$5)/1000000000.0):($0+0.44):((0+$5)/1000000000.0):((0+$5+$6)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#000000' fs solid border lc rgb '#ffffff' lw 0.8, \
  'figure-3.dat' index 0 using ((0+$5+$6)/1000000000.0):($0+0.44):((0+$5+$6)/1000000000.0):((0+$5+$6+$7)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#A6D8F5' fs solid border lc rgb '#ffffff' lw 0.8, \
  'figure-3.dat' index 0 using ((0+$5+$6+$7)/1000000000.0):($0+0.44):((0+$5+$6+$7)/1000000000.0):((0+$5+$6+$7+$8)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#D55E00' fs solid border lc rgb '#ffffff' lw 0.8, \
  'figure-3.dat' index 0 using ((0+$5+$6+$7+$8)/1000000000.0):($0+0.44):((0+$5+$6+$7+$8)/1000000000.0):((0+$5+$6+$7+$8+$9)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#F3C45B' fs solid border lc rgb '#ffffff' lw 0.8, \
  'figure-3.dat' index 0 using ((0+$5+$6+$7+$8+$9)/1000000000.0):($0+0.44):((0+$5+$6+$7+$8+$9)/1000000000.0):((0+$5+$6+$7+$8+$9+$10)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#7FD1B5' fs solid border lc rgb '#ffffff' lw 0.8, \
  'figure-3.dat' index 0 using ((0+$5+$6+$7+$8+$9+$10)/1000000000.0):($0+0.44):((0+$5+$6+$7+$8+$9+$10)/1000000000.0):((0+$5+$6+$7+$8+$9+$10+$11)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#8F3B6B' fs solid border lc rgb '#ffffff' lw 0.8
unset label; unset object
set lmargin at screen 0.31616; set rmargin at screen 0.87209
set bmargin at screen 0.35686; set tmargin at screen 0.58235
set label 101 '1B' at screen 0.01628,0.59608 font ',14'
set xlabel 'Memory (G = 10⁹ bytes)' offset 0,0.4 font ',12'
set xrange [0:16.626]; set yrange [5:0]
set xtics ('0' 0.0, '5' 5.0, '10' 10.0, '15' 15.0)
set label 1 'Adam' at screen 0.30453,0.55980 right
set label 201 '11.33' at 11.332475904,0.65 left offset 0.4,0 font ',11' front
set label 301 '16.3' at 16.3,0.27 left offset 0.4,0 font ',11' textcolor rgb '#555555' front
set label 2 '8-bit Adam, per layer' at screen 0.30453,0.51471 right
set label 202 '6.11' at 6.113049408,1.65 left offset 0.4,0 font ',11' front
set label 302 '11.8' at 11.8,1.27 left offset 0.4,0 font ',11' textcolor rgb '#555555' front
set label 3 '8-bit GaLore, per layer' at screen 0.30453,0.46961 right
set label 203 '4.72' at 4.715914496,2.65 left offset 0.4,0 font ',11' front
set label 303 '10.3' at 10.3,2.27 left offset 0.4,0 font ',11' textcolor rgb '#555555' front
set label 4 '8-bit SLTrain, per layer' at screen 0.30453,0.42451 right
set label 204 '3.43' at 3.431764272,3.65 left offset 0.4,0 font ',11' front
set label 304 '6.8' at 6.8,3.27 left offset 0.4,0 font ',11' textcolor rgb '#555555' front
set label 5 '8-bit SLTrain, factored, checkpointed' at screen 0.30453,0.37941 right
set label 205 '2.90' at 2.900162224,4.65 left offset 0.4,0 font ',11' front
plot 'figure-3.dat' index 1 using (0):($0+0.14):(0):($2/1000000000.0):($0+0.14):($0+0.4) with boxxyerror fc rgb '#ffffff' fs solid border lc rgb '#444444', \
  'figure-3.dat' index 1 using ((0)/1000000000.0):($0+0.44):((0)/1000000000.0):((0+$5)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#0072B2' fs solid border lc rgb '#ffffff' lw 0.8, \
  'figure-3.dat' index 1 using ((0+$5)/1000000000.0):($0+0.44):((0+$5)/1000000000.0):((0+$5+$6)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#000000' fs solid border lc rgb '#ffffff' lw 0.8, \
  'figure-3.dat' index 1 using ((0+$5+$6)/1000000000.0):($0+0.44):((0+$5+$6)/1000000000.0):((0+$5+$6+$7)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#A6D8F5' fs solid border lc rgb '#ffffff' lw 0.8, \
  'figure-3.dat' index 1 using ((0+$5+$6+$7)/1000000000.0):($0+0.44):((0+$5+$6+$7)/1000000000.0):((0+$5+$6+$7+$8)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#D55E00' fs solid border lc rgb '#ffffff' lw 0.8, \
  'figure-3.dat' index 1 using ((0+$5+$6+$7+$8)/1000000000.0):($0+0.44):((0+$5+$6+$7+$8)/1000000000.0):((0+$5+$6+$7+$8+$9)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#F3C45B' fs solid border lc rgb '#ffffff' lw 0.8, \
  'figure-3.dat' index 1 using ((0+$5+$6+$7+$8+$9)/1000000000.0):($0+0.44):((0+$5+$6+$7+$8+$9)/1000000000.0):((0+$5+$6+$7+$8+$9+$10)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#7FD1B5' fs solid border lc rgb '#ffffff' lw 0.8, \
  'figure-3.dat' index 1 using ((0+$5+$6+$7+$8+$9+$10)/1000000000.0):($0+0.44):((0+$5+$6+$7+$8+$9+$10)/1000000000.0):((0+$5+$6+$7+$8+$9+$10+$11)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#8F3B6B' fs solid border lc rgb '#ffffff' lw 0.8
unset label; unset object
set lmargin at screen 0.31616; set rmargin at screen 0.87209
set bmargin at screen 0.05098; set tmargin at screen 0.27647
set label 101 '7B' at screen 0.01628,0.29020 font ',14'
set xlabel 'Memory (G = 10⁹ bytes)' offset 0,0.4 font ',12'
set xrange [0:68.748]; set yrange [5:0]
set xtics ('0' 0.0, '10' 10.0, '20' 20.0, '30' 30.0, '40' 40.0, '50' 50.0, '60' 60.0)
set label 1 'Adam' at screen 0.30453,0.25392 right
set label 201 '55.49 predicted' at 55.492189184,0.65 left offset 0.4,0 font ',11' front
set label 301 '67.4' at 67.4,0.27 left offset 0.4,0 font ',11' textcolor rgb '#555555' front
set label 2 '8-bit Adam, per layer' at screen 0.30453,0.20882 right
set label 202 '28.83 predicted' at 28.826992656,1.65 left offset 0.4,0 font ',11' front
set label 302 '29.4' at 29.4,1.27 left offset 0.4,0 font ',11' textcolor rgb '#555555' front
set label 3 '8-bit GaLore, per layer' at screen 0.30453,0.16373 right
set label 203 '21.34 predicted' at 21.339940688,2.65 left offset 0.4,0 font ',11' front
set label 303 '22' at 22.0,2.27 left offset 0.4,0 font ',11' textcolor rgb '#555555' front
set label 4 '8-bit SLTrain, per layer' at screen 0.30453,0.11863 right
set label 204 '15.35' at 15.34917416,3.65 left offset 0.4,0 font ',11' front
set label 304 '18.3' at 18.3,3.27 left offset 0.4,0 font ',11' textcolor rgb '#555555' front
set label 5 '8-bit SLTrain, factored, checkpointed' at screen 0.30453,0.07353 right
set label 205 '13.77' at 13.771624336,4.65 left offset 0.4,0 font ',11' front
plot 'figure-3.dat' index 2 using (0):($0+0.14):(0):($2/1000000000.0):($0+0.14):($0+0.4) with boxxyerror fc rgb '#ffffff' fs solid border lc rgb '#444444', \
  'figure-3.dat' index 2 using ((0)/1000000000.0):($0+0.44):((0)/1000000000.0):((0+$5)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#0072B2' fs solid border lc rgb '#ffffff' lw 0.8, \
  'figure-3.dat' index 2 using ((0+$5)/1000000000.0):($0+0.44):((0+$5)/1000000000.0):((0+$5+$6)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#000000' fs solid border lc rgb '#ffffff' lw 0.8, \
  'figure-3.dat' index 2 using ((0+$5+$6)/1000000000.0):($0+0.44):((0+$5+$6)/1000000000.0):((0+$5+$6+$7)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#A6D8F5' fs solid border lc rgb '#ffffff' lw 0.8, \
  'figure-3.dat' index 2 using ((0+$5+$6+$7)/1000000000.0):($0+0.44):((0+$5+$6+$7)/1000000000.0):((0+$5+$6+$7+$8)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#D55E00' fs solid border lc rgb '#ffffff' lw 0.8, \
  'figure-3.dat' index 2 using ((0+$5+$6+$7+$8)/1000000000.0):($0+0.44):((0+$5+$6+$7+$8)/1000000000.0):((0+$5+$6+$7+$8+$9)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#F3C45B' fs solid border lc rgb '#ffffff' lw 0.8, \
  'figure-3.dat' index 2 using ((0+$5+$6+$7+$8+$9)/1000000000.0):($0+0.44):((0+$5+$6+$7+$8+$9)/1000000000.0):((0+$5+$6+$7+$8+$9+$10)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#7FD1B5' fs solid border lc rgb '#ffffff' lw 0.8, \
  'figure-3.dat' index 2 using ((0+$5+$6+$7+$8+$9+$10)/1000000000.0):($0+0.44):((0+$5+$6+$7+$8+$9+$10)/1000000000.0):((0+$5+$6+$7+$8+$9+$10+$11)/1000000000.0):($0+0.44):($0+0.86) with boxxyerror fc rgb '#8F3B6B' fs solid border lc rgb '#ffffff' lw 0.8, \
  'figure-3.dat' index 2 using (0):($0+0.44):(0):(($4 > 0 ? $3/1000000000.0 : NaN)):($0+0.44):($0+0.86) with boxxyerror fc rgb '#ffffff' fs transparent pattern 5 noborder
unset label; unset object
unset multiplot
